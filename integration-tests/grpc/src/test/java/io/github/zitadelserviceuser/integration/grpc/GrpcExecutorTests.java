/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zitadelserviceuser.integration.grpc;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zitadelserviceuser.client.AllowedHosts;
import io.github.zitadelserviceuser.client.ServiceUserCallCredentials;
import io.github.zitadelserviceuser.client.ServiceUserClientInterceptor;
import io.github.zitadelserviceuser.token.AccessToken;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * No call hangs because its executor does not take a task.
 */
class GrpcExecutorTests {

	private final EchoServer server = EchoServer.start();

	private final ScriptedTokens tokens = new ScriptedTokens();

	private final ExecutorService threads = Executors.newSingleThreadExecutor();

	private final AtomicInteger rejections = new AtomicInteger();

	private final Executor executor = (task) -> {
		if (this.rejections.getAndUpdate((left) -> Math.max(left - 1, 0)) > 0) {
			throw new RejectedExecutionException("full");
		}
		this.threads.execute(task);
	};

	private ManagedChannel channel;

	@BeforeEach
	void start() {
		AllowedHosts allowed = new AllowedHosts("zitadel.service-user", List.of(), List.of("localhost"), true);
		this.channel = Calls.plainText(this.server,
				new ServiceUserClientInterceptor(new ServiceUserCallCredentials(this.tokens, allowed, null)));
	}

	@AfterEach
	void stop() {
		this.channel.shutdownNow();
		this.server.close();
		this.threads.shutdownNow();
	}

	@Test
	void callWhenItsExecutorDoesNotTakeItThenFails() {
		// So that there is a connection, and no work of its own for the executor.
		assertThat(call()).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo("hello");
		this.server.reset();
		CompletableFuture<AccessToken> token = new CompletableFuture<>();
		this.tokens.hold(token);
		CompletableFuture<String> answer = call();
		settle();
		this.rejections.set(1);
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
		settle();
		this.rejections.set(1);
		other.complete(ScriptedTokens.token("second"));
		Status status = statusOf(answer);
		assertThat(status.getDescription()).isEqualTo("Errors.Token.Invalid");
		assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
		assertThat(call()).succeedsWithin(30, TimeUnit.SECONDS).isEqualTo("hello");
	}

	// Behind what the call still has to do on the executor's one thread.
	private void settle() {
		CompletableFuture.runAsync(() -> {
		}, this.threads).join();
	}

	private CompletableFuture<String> call() {
		CompletableFuture<String> answer = new CompletableFuture<>();
		ClientCalls.asyncUnaryCall(this.channel.newCall(Echo.UNARY, CallOptions.DEFAULT.withExecutor(this.executor)),
				"hello", new Calls.Completing(answer));
		return answer;
	}

	private static Status statusOf(CompletableFuture<String> answer) {
		Throwable failure = answer.handle((value, ex) -> ex).orTimeout(30, TimeUnit.SECONDS).join();
		return catchThrowableOfType(StatusRuntimeException.class, () -> {
			throw failure;
		}).getStatus();
	}

}
