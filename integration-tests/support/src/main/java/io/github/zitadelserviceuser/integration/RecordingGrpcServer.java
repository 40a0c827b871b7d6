// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zitadelserviceuser.integration.ways.GreetingMethod;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

/**
 * The resource server over gRPC, in this process. It answers every greeting and keeps the
 * metadata that came with it.
 */
final class RecordingGrpcServer implements AutoCloseable {

	private final List<Metadata> calls = new CopyOnWriteArrayList<>();

	private final String name = InProcessServerBuilder.generateName();

	private final Server server;

	private RecordingGrpcServer() throws IOException {
		this.server = InProcessServerBuilder.forName(this.name)
			.addService(ServerServiceDefinition.builder(GreetingMethod.SERVICE)
				.addMethod(GreetingMethod.GREET, ServerCalls.asyncUnaryCall(RecordingGrpcServer::answer))
				.build())
			.intercept(new Recorder())
			.build()
			.start();
	}

	static RecordingGrpcServer start() {
		try {
			return new RecordingGrpcServer();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String name() {
		return this.name;
	}

	List<Metadata> calls() {
		return List.copyOf(this.calls);
	}

	void reset() {
		this.calls.clear();
	}

	@Override
	public void close() {
		this.server.shutdownNow();
	}

	private static void answer(String request, StreamObserver<String> observer) {
		observer.onNext("answered");
		observer.onCompleted();
	}

	private final class Recorder implements ServerInterceptor {

		@Override
		public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(ServerCall<ReqT, RespT> call, Metadata headers,
				ServerCallHandler<ReqT, RespT> next) {
			Metadata copy = new Metadata();
			copy.merge(headers);
			RecordingGrpcServer.this.calls.add(copy);
			return next.startCall(call, headers);
		}

	}

}
