// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;

import org.springframework.web.client.RestClient;

/**
 * Makes a {@link RestClient} that calls out as a service user.
 */
final class RestClients {

	private RestClients() {
	}

	// The interceptor is the last, so that it sees the URL which is really called. The
	// base URL is the first, so that any customizer may set another.
	static RestClient of(ServiceUserParts parts, ServiceUserHttpRequestInterceptor interceptor) {
		SharedResources shared = parts.shared();
		RestClient.Builder builder = RestClient.builder().baseUrl(parts.server().baseUrl());
		if (shared.restClient().isEmpty()) {
			builder.observationRegistry(shared.observationRegistry());
		}
		shared.restClient().forEach((customizer) -> customizer.accept(builder));
		builder.requestFactory(shared.requestFactory());
		parts.restClient().forEach((customizer) -> customizer.accept(builder));
		return builder.requestInterceptor(interceptor).build();
	}

}
