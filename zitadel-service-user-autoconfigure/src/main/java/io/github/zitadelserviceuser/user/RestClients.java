// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import io.github.zitadelserviceuser.client.ServiceUserClientHttpRequestFactory;

import org.springframework.web.client.RestClient;

/**
 * Makes a {@link RestClient} that calls out as a service user.
 */
final class RestClients {

	private RestClients() {
	}

	// The base URL is the first, so that any customizer may set another, and the request
	// factory comes after those that are not for our clients alone.
	static RestClient of(ServiceUserParts parts, ServiceUserClientHttpRequestFactory requestFactory) {
		SharedResources shared = parts.shared();
		RestClient.Builder builder = RestClient.builder().baseUrl(parts.server().baseUrl());
		if (shared.restClient().isEmpty()) {
			builder.observationRegistry(shared.observationRegistry());
		}
		shared.restClient().forEach((customizer) -> customizer.accept(builder));
		builder.requestFactory(requestFactory);
		RestClient.Builder customized = RestClientBuilders.authorizing(builder, requestFactory::withRequestFactory);
		parts.restClient().forEach((customizer) -> customizer.accept(customized));
		return builder.build();
	}

}
