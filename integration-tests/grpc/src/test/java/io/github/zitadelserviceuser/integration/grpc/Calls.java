// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.grpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Calls of {@link Echo}, as generated stubs make them.
 */
final class Calls {

	private Calls() {
	}

	static ManagedChannel plainText(EchoServer server, ClientInterceptor... interceptors) {
		return NettyChannelBuilder.forTarget("dns:///" + server.authority())
			.usePlaintext()
			.intercept(interceptors)
			.build();
	}

	static String unary(Channel channel, String message) {
		return unary(channel, message, inTime());
	}

	static String unary(Channel channel, String message, CallOptions options) {
		return ClientCalls.blockingUnaryCall(channel, Echo.UNARY, options, message);
	}

	static CompletableFuture<String> async(Channel channel, String message) {
		CompletableFuture<String> answer = new CompletableFuture<>();
		ClientCalls.asyncUnaryCall(channel.newCall(Echo.UNARY, inTime()), message, new Completing(answer));
		return answer;
	}

	static Status failureOf(Channel channel) {
		return failureOf(channel, inTime());
	}

	static Status failureOf(Channel channel, CallOptions options) {
		return catchThrowableOfType(StatusRuntimeException.class, () -> unary(channel, "hello", options)).getStatus();
	}

	static ClientInterceptor entry(String name, String value) {
		Metadata metadata = new Metadata();
		metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
		return MetadataUtils.newAttachHeadersInterceptor(metadata);
	}

	private static CallOptions inTime() {
		return CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS);
	}

	/**
	 * Tells a future.
	 */
	record Completing(CompletableFuture<String> answer) implements StreamObserver<String> {

		@Override
		public void onNext(String message) {
			this.answer.complete(message);
		}

		@Override
		public void onError(Throwable failure) {
			this.answer.completeExceptionally(failure);
		}

		@Override
		public void onCompleted() {
			this.answer.completeExceptionally(new IllegalStateException("no answer"));
		}

	}

}
