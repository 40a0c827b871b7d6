// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes a {@link WebClient} that calls out as a service user.
 */
final class WebClients {

	private WebClients() {
	}

	// The filter is the last, so that it sees the URL which is really called. The base
	// URL is the first, so that any customizer may set another.
	static WebClient of(ServiceUserParts parts, ServiceUserExchangeFilterFunction filter) {
		SharedResources shared = parts.shared();
		WebClient.Builder builder = WebClient.builder().baseUrl(parts.server().baseUrl().toString());
		if (shared.webClient().isEmpty()) {
			builder.observationRegistry(shared.observationRegistry());
		}
		shared.webClient().forEach((customizer) -> customizer.accept(builder));
		builder.clientConnector(shared.connector());
		parts.webClient().forEach((customizer) -> customizer.accept(builder));
		return builder.filter(filter).build();
	}

}
