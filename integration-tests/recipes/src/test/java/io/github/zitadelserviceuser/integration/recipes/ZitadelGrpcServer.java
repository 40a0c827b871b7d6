// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Predicate;

import io.github.zitadelserviceuser.integration.ways.TextMarshaller;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;

/**
 * One method of ZITADEL's over gRPC, which answers as ZITADEL does to tokens that are not
 * accepted. The messages are text, where those of the real one are generated.
 */
final class ZitadelGrpcServer implements AutoCloseable {

	static final MethodDescriptor<String, String> GET_MY_USER = MethodDescriptor.<String, String>newBuilder()
		.setType(MethodDescriptor.MethodType.UNARY)
		.setFullMethodName("zitadel.auth.v1.AuthService/GetMyUser")
		.setRequestMarshaller(new TextMarshaller())
		.setResponseMarshaller(new TextMarshaller())
		.build();

	private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization",
			Metadata.ASCII_STRING_MARSHALLER);

	private final Server server;

	private ZitadelGrpcServer(Predicate<String> accepted) throws IOException {
		this.server = NettyServerBuilder
			.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
			.addService(ServerServiceDefinition.builder("zitadel.auth.v1.AuthService")
				.addMethod(GET_MY_USER, ServerCalls.asyncUnaryCall((request, observer) -> {
					observer.onNext("service-user");
					observer.onCompleted();
				}))
				.build())
			.intercept(new Authentication(accepted))
			.build()
			.start();
	}

	static ZitadelGrpcServer start(Predicate<String> accepted) {
		try {
			return new ZitadelGrpcServer(accepted);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String authority() {
		return "localhost:" + this.server.getPort();
	}

	@Override
	public void close() {
		this.server.shutdownNow();
	}

	private record Authentication(Predicate<String> accepted) implements ServerInterceptor {

		@Override
		public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(ServerCall<ReqT, RespT> call, Metadata headers,
				ServerCallHandler<ReqT, RespT> next) {
			String authorization = Objects.requireNonNullElse(headers.get(AUTHORIZATION), "");
			if (this.accepted.test(authorization.replaceFirst("^Bearer ", ""))) {
				return next.startCall(call, headers);
			}
			call.sendHeaders(new Metadata());
			call.close(Status.UNAUTHENTICATED.withDescription("Errors.Token.Invalid (AUTH-7fs1e)"), new Metadata());
			return new ServerCall.Listener<>() {
			};
		}

	}

}
