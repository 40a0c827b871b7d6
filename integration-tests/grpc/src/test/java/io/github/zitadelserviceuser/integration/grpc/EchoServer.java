// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.grpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

/**
 * A gRPC server on the loopback interface that records the metadata of each call, and
 * answers {@code UNAUTHENTICATED} to those that it is told to.
 */
final class EchoServer implements AutoCloseable {

	/**
	 * What tells the metadata of an answer that was rejected from one that was not.
	 */
	static final Metadata.Key<String> ANSWER = Metadata.Key.of("x-answer", Metadata.ASCII_STRING_MARSHALLER);

	private final List<Metadata> calls = new CopyOnWriteArrayList<>();

	private final List<String> messages = new CopyOnWriteArrayList<>();

	private final Server server;

	private volatile Predicate<String> accepted = (authorization) -> true;

	private volatile Rejection rejection = Rejection.AS_ZITADEL;

	private volatile Status refusal = Status.UNAUTHENTICATED.withDescription("Errors.Token.Invalid (AUTH-7fs1e)");

	private EchoServer(ServerCredentials credentials) {
		try {
			this.server = NettyServerBuilder
				.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), credentials)
				.addService(service())
				.intercept(new Recorder())
				.build()
				.start();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static EchoServer start() {
		return start(InsecureServerCredentials.create());
	}

	static EchoServer start(ServerCredentials credentials) {
		return new EchoServer(credentials);
	}

	int port() {
		return this.server.getPort();
	}

	String authority() {
		return "localhost:" + port();
	}

	/**
	 * What an entry of the metadata was in each call, the oldest first.
	 */
	List<List<String>> received(String name) {
		return this.calls.stream().map((metadata) -> values(metadata, name)).toList();
	}

	List<List<String>> authorizations() {
		return received("authorization");
	}

	List<String> messages() {
		return this.messages;
	}

	void accept(Predicate<String> accepted) {
		this.accepted = accepted;
	}

	void rejectBy(Rejection rejection) {
		this.rejection = rejection;
	}

	void refuseWith(Status refusal) {
		this.refusal = refusal;
	}

	void reset() {
		this.calls.clear();
		this.messages.clear();
		this.accepted = (authorization) -> true;
		this.rejection = Rejection.AS_ZITADEL;
		this.refusal = Status.UNAUTHENTICATED.withDescription("Errors.Token.Invalid (AUTH-7fs1e)");
	}

	private static Metadata answer(String value) {
		Metadata metadata = new Metadata();
		metadata.put(ANSWER, value);
		return metadata;
	}

	private static List<String> values(Metadata metadata, String name) {
		List<String> values = new ArrayList<>();
		Iterable<String> all = metadata.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
		if (all != null) {
			all.forEach(values::add);
		}
		return values;
	}

	private ServerServiceDefinition service() {
		return ServerServiceDefinition.builder(Echo.SERVICE)
			.addMethod(Echo.UNARY, ServerCalls.asyncUnaryCall(this::echo))
			.addMethod(Echo.SERVER_STREAMING, ServerCalls.asyncServerStreamingCall((message, observer) -> {
				observer.onNext(message);
				echo(message, observer);
			}))
			.addMethod(Echo.BIDI_STREAMING, ServerCalls.asyncBidiStreamingCall(Echoing::new))
			.build();
	}

	private void echo(String message, StreamObserver<String> observer) {
		this.messages.add(message);
		observer.onNext(message);
		observer.onCompleted();
	}

	@Override
	public void close() {
		this.server.shutdownNow();
	}

	private final class Recorder implements ServerInterceptor {

		@Override
		public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(ServerCall<ReqT, RespT> call, Metadata headers,
				ServerCallHandler<ReqT, RespT> next) {
			Metadata copy = new Metadata();
			copy.merge(headers);
			EchoServer.this.calls.add(copy);
			if (values(headers, "authorization").stream().allMatch(EchoServer.this.accepted)) {
				return next.startCall(new Welcoming<>(call), headers);
			}
			if (EchoServer.this.rejection != Rejection.TRAILERS_ONLY) {
				call.sendHeaders(answer("rejected"));
			}
			if (EchoServer.this.rejection == Rejection.AFTER_A_MESSAGE) {
				call.sendMessage(call.getMethodDescriptor().parseResponse(Echo.UNARY.streamResponse("begun")));
			}
			call.close(EchoServer.this.refusal, new Metadata());
			return new ServerCall.Listener<>() {
			};
		}

	}

	/**
	 * What is sent ahead of the status of a call that is rejected.
	 */
	enum Rejection {

		TRAILERS_ONLY,

		/**
		 * Metadata.
		 */
		AS_ZITADEL, AFTER_A_MESSAGE

	}

	private static final class Welcoming<ReqT, RespT> extends SimpleForwardingServerCall<ReqT, RespT> {

		private Welcoming(ServerCall<ReqT, RespT> call) {
			super(call);
		}

		@Override
		public void sendHeaders(Metadata headers) {
			headers.merge(answer("welcome"));
			super.sendHeaders(headers);
		}

	}

	private record Echoing(StreamObserver<String> observer) implements StreamObserver<String> {

		@Override
		public void onNext(String message) {
			this.observer.onNext(message);
		}

		@Override
		public void onError(Throwable failure) {
			this.observer.onError(failure);
		}

		@Override
		public void onCompleted() {
			this.observer.onCompleted();
		}

	}

}
