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

	// The interceptor is the last, so that it sees the URL which is really called.
	static RestClient of(ServiceUserParts parts, ServiceUserHttpRequestInterceptor interceptor) {
		return parts.shared()
			.restClientBuilder()
			.requestFactory(parts.shared().requestFactory())
			.apply((ours) -> parts.restClient().forEach((customizer) -> customizer.accept(ours)))
			.requestInterceptor(interceptor)
			.build();
	}

}
