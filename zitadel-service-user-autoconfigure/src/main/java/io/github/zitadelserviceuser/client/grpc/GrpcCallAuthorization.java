// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client.grpc;

import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;

import io.github.zitadelserviceuser.token.AccessToken;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of one call, which know what its metadata is without them and remember
 * which token was sent.
 * <p>
 * gRPC shows the metadata to a tracer, when all interceptors are through with it and
 * before it asks for credentials.
 */
final class GrpcCallAuthorization extends CallCredentials {

	private static final ClientStreamTracer NOTHING = new ClientStreamTracer() {
	};

	private final ServiceUserCallCredentials credentials;

	private volatile Set<String> present = Set.of();

	private volatile @Nullable AccessToken sent;

	private volatile @Nullable Executor executor;

	private volatile @Nullable RequestInfo call;

	GrpcCallAuthorization(ServiceUserCallCredentials credentials) {
		this.credentials = credentials;
	}

	CallOptions addTo(CallOptions options) {
		return options.withCallCredentials(this).withStreamTracerFactory(new MetadataReader());
	}

	@Nullable AccessToken sent() {
		return this.sent;
	}

	@Nullable Executor executor() {
		return this.executor;
	}

	/**
	 * Return where the token was sent, if one was.
	 * @return the origin with a path of a slash
	 */
	URI target() {
		return new GrpcTarget(Objects.requireNonNull(this.call)).uri().resolve("/");
	}

	@Override
	public void applyRequestMetadata(RequestInfo requestInfo, Executor appExecutor, MetadataApplier applier) {
		this.executor = appExecutor;
		this.call = requestInfo;
		if (this.present.contains(ServiceUserCallCredentials.AUTHORIZATION.name())) {
			applier.apply(new Metadata());
		}
		else {
			this.credentials.authorize(requestInfo, appExecutor, new RememberedAnswer(applier));
		}
	}

	@Override
	public String toString() {
		return this.credentials.toString();
	}

	private final class RememberedAnswer extends ServiceUserCallCredentials.Answer {

		private RememberedAnswer(MetadataApplier applier) {
			super(applier);
		}

		@Override
		void apply(AccessToken token, Metadata metadata) {
			GrpcCallAuthorization authorization = GrpcCallAuthorization.this;
			metadata.keys()
				.stream()
				.filter(authorization.present::contains)
				.forEach((name) -> metadata.discardAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
			authorization.sent = token;
			super.apply(token, metadata);
		}

		@Override
		void fail(Status status) {
			GrpcCallAuthorization.this.sent = null;
			super.fail(status);
		}

	}

	private final class MetadataReader extends ClientStreamTracer.Factory {

		@Override
		public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
			GrpcCallAuthorization.this.present = Set.copyOf(headers.keys());
			return NOTHING;
		}

	}

}
