// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.holder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.google.api.client.util.Clock;
import com.google.auth.RequestMetadataCallback;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.OAuth2Credentials;
import reactor.core.publisher.Mono;

/**
 * Google's credentials: all that they do with a token, but for where it comes from.
 */
final class GoogleHolder implements Holder {

	private static final URI RESOURCE = URI.create("https://api.example.com/resource");

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final Credentials credentials;

	GoogleHolder(StubEndpoint endpoint, Timing timing) {
		this.credentials = new Credentials(endpoint);
		if (!timing.equals(Timing.SYSTEM)) {
			setClock(this.credentials, () -> timing.clock().millis());
		}
	}

	// The clock is for its own tests, and there is no method that sets it.
	private static void setClock(OAuth2Credentials credentials, Clock clock) {
		try {
			Field field = OAuth2Credentials.class.getDeclaredField("clock");
			field.setAccessible(true);
			field.set(credentials, clock);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("Google's credentials have their clock elsewhere by now", ex);
		}
	}

	@Override
	public Object token() throws IOException {
		return this.credentials.getRequestMetadata(RESOURCE);
	}

	@Override
	public Mono<?> tokenLater() {
		return Mono.create(
				(sink) -> this.credentials.getRequestMetadata(RESOURCE, this.executor, new RequestMetadataCallback() {

					@Override
					public void onSuccess(Map<String, List<String>> metadata) {
						sink.success(metadata);
					}

					@Override
					public void onFailure(Throwable ex) {
						sink.error(ex);
					}

				}));
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

	private static final class Credentials extends OAuth2Credentials {

		private static final long serialVersionUID = 1L;

		private final transient StubEndpoint endpoint;

		private Credentials(StubEndpoint endpoint) {
			this.endpoint = endpoint;
		}

		@Override
		public AccessToken refreshAccessToken() throws IOException {
			try {
				Issued issued = this.endpoint.request();
				return new AccessToken(issued.token(), Date.from(issued.expiresAt()));
			}
			catch (UncheckedIOException ex) {
				throw ex.getCause();
			}
		}

	}

}
