// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.grpc;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zitadelserviceuser.client.grpc.ServiceUserCallCredentials;
import io.github.zitadelserviceuser.client.grpc.ServiceUserClientInterceptor;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * No call hangs because an executor of its channel does not take a task, and none runs on
 * the thread that a token comes with, whatever the executor.
 */
class GrpcExecutorTests {

	private final EchoServer server = EchoServer.start();

	private final ScriptedTokens tokens = new ScriptedTokens();

	private final ExecutorService threads = Executors.newSingleThreadExecutor();

	private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final AtomicReference<Thread> rejected = new AtomicReference<>();

	// Rejects one task of the thread that completes a token: what gRPC has to do
	// meanwhile on others is not ours to look at.
	private final Executor executor = (task) -> {
		if (this.rejected.compareAndSet(Thread.currentThread(), null)) {
			throw new RejectedExecutionException("full");
		}
		this.threads.execute(task);
	};

	private ManagedChannel channel;

	@BeforeEach
	void start() {
		AllowedHosts allowed = new AllowedHosts("zitadel.service-user", List.of(), List.of("localhost"), true);
		this.channel = NettyChannelBuilder.forTarget("dns:///" + this.server.authority())
			.usePlaintext()
			.eventLoopGroup(this.eventLoop)
			.channelType(NioSocketChannel.class)
			.executor(this.executor)
			.offloadExecutor(this.executor)
			.intercept(new ServiceUserClientInterceptor(new ServiceUserCallCredentials(this.tokens, allowed, null)))
			.build();
	}

	@AfterEach
	void stop() {
		this.channel.shutdownNow();
		this.server.close();
		this.threads.shutdownNow();
		this.eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	@Test
	void callWhenItsExecutorDoesNotTakeItThenFails() {
		CompletableFuture<AccessToken> token = new CompletableFuture<>() {

			@Override
			public CompletableFuture<AccessToken> copy() {
				return this;
			}

		};
		this.tokens.hold(token);
		CompletableFuture<String> answer = call();
		Awaitility.await().until(() -> token.getNumberOfDependents() > 0);
		this.rejected.set(Thread.currentThread());
		token.complete(ScriptedTokens.token("first"));
		Status status = statusOf(answer);
		assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
		assertThat(status.getCause()).isInstanceOf(RejectedExecutionException.class);
		assertThat(this.server.authorizations()).isEmpty();
		assertThat(call()).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo("hello");
	}

	@Test
	void callWhenItsExecutorDoesNotTakeTheRepetitionThenAnswerIsTheOriginalOne() {
		CompletableFuture<AccessToken> other = new CompletableFuture<>();
		this.tokens.replaceBy(other);
		this.server.accept("Bearer second"::equals);
		CompletableFuture<String> answer = call();
		Awaitility.await().until(() -> !this.tokens.rejected().isEmpty());
		// Behind what does that, on the executor's one thread.
		CompletableFuture.runAsync(() -> {
		}, this.threads).join();
		this.rejected.set(Thread.currentThread());
		other.complete(ScriptedTokens.token("second"));
		Status status = statusOf(answer);
		assertThat(status.getDescription()).isEqualTo("Errors.Token.Invalid (AUTH-7fs1e)");
		assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(call()).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo("hello");
	}

	@Test
	void callWhenItsExecutorIsADirectOneThenIsToldOnAnotherThreadThanThatOfTheToken() {
		CompletableFuture<AccessToken> token = new CompletableFuture<>();
		this.tokens.hold(token);
		CompletableFuture<Thread> told = new CompletableFuture<>();
		call(CallOptions.DEFAULT.withExecutor(Runnable::run), told);
		Awaitility.await().until(() -> token.getNumberOfDependents() > 0);
		token.completeExceptionally(new TokenRequestException(Reason.UNAVAILABLE, "down"));
		assertThat(told).succeedsWithin(30, TimeUnit.SECONDS).isNotEqualTo(Thread.currentThread());
		this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokens.token("first")));
		assertThat(call()).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo("hello");
	}

	@Test
	void repetitionWhenItsExecutorIsADirectOneThenIsDecidedOnAnotherThreadThanThatOfTheToken() {
		CompletableFuture<AccessToken> other = new CompletableFuture<>();
		this.tokens.replaceBy(other);
		this.server.accept("Bearer second"::equals);
		CompletableFuture<Thread> told = new CompletableFuture<>();
		call(CallOptions.DEFAULT.withExecutor(Runnable::run), told);
		Awaitility.await().until(() -> !this.tokens.rejected().isEmpty() && other.getNumberOfDependents() > 0);
		// Behind what makes the call depend on it.
		CompletableFuture.runAsync(() -> {
		}, this.eventLoop).join();
		other.completeExceptionally(new TokenRequestException(Reason.UNAVAILABLE, "down"));
		assertThat(told).succeedsWithin(30, TimeUnit.SECONDS).isNotEqualTo(Thread.currentThread());
		this.tokens.replaceBy(CompletableFuture.completedFuture(ScriptedTokens.token("second")));
		assertThat(call()).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo("hello");
	}

	private void call(CallOptions options, CompletableFuture<Thread> told) {
		ClientCalls.asyncUnaryCall(this.channel.newCall(Echo.UNARY, options), "hello", new StreamObserver<>() {

			@Override
			public void onNext(String message) {
				told.completeExceptionally(new AssertionError(message));
			}

			@Override
			public void onError(Throwable failure) {
				told.complete(Thread.currentThread());
			}

			@Override
			public void onCompleted() {
			}

		});
	}

	private CompletableFuture<String> call() {
		CompletableFuture<String> answer = new CompletableFuture<>();
		ClientCalls.asyncUnaryCall(this.channel.newCall(Echo.UNARY, CallOptions.DEFAULT), "hello",
				new Calls.Completing(answer));
		return answer;
	}

	private static Status statusOf(CompletableFuture<String> answer) {
		Throwable failure = answer.handle((value, ex) -> ex).orTimeout(30, TimeUnit.SECONDS).join();
		return catchThrowableOfType(StatusRuntimeException.class, () -> {
			throw failure;
		}).getStatus();
	}

}
