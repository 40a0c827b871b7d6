// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.util.function.Supplier;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * The client for discovery and token requests. It shares the application's way to make
 * connections and none of its customizers, one of which may well ask for a token.
 * <p>
 * Its request factory is made at the first request: a client of the JDK's starts a
 * thread, and an application pays neither for that nor for TLS while it starts. It is no
 * request factory itself: as a bean it would be one of the application's.
 */
final class TokenRequestClient implements DisposableBean {

	private final Supplier<? extends ClientHttpRequestFactory> factory;

	private @Nullable ClientHttpRequestFactory made;

	TokenRequestClient(Supplier<? extends ClientHttpRequestFactory> factory) {
		this.factory = factory;
	}

	RestClient restClient(ObservationRegistry observationRegistry) {
		return RestClient.builder()
			.requestFactory((uri, method) -> factory().createRequest(uri, method))
			.configureMessageConverters((converters) -> {
			})
			.observationRegistry(observationRegistry)
			.build();
	}

	// Synchronized: a request that was abandoned may still be under way when the next one
	// begins.
	private synchronized ClientHttpRequestFactory factory() {
		ClientHttpRequestFactory factory = this.made;
		if (factory == null) {
			factory = this.factory.get();
			this.made = factory;
		}
		return factory;
	}

	@Override
	public synchronized void destroy() throws Exception {
		if (this.made instanceof DisposableBean disposable) {
			disposable.destroy();
		}
	}

}
