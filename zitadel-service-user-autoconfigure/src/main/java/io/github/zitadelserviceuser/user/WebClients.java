// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.util.function.Supplier;

import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes a {@link WebClient} that calls out as a service user.
 */
final class WebClients {

	private WebClients() {
	}

	// The filter is the last, so that it sees the URL which is really called.
	static WebClient of(ServiceUserParts parts, ServiceUserExchangeFilterFunction filter) {
		return builder(parts.shared()).clientConnector(parts.shared().connector())
			.apply((ours) -> parts.webClient().forEach((customizer) -> customizer.accept(ours)))
			.filter(filter)
			.build();
	}

	private static WebClient.Builder builder(SharedResources shared) {
		Supplier<WebClient.Builder> builder = shared.webClientBuilder();
		return (builder != null) ? builder.get()
				: WebClient.builder().observationRegistry(shared.observationRegistry());
	}

}
