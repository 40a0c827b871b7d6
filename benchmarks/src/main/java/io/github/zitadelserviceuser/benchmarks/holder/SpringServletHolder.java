// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.holder;

import java.util.Objects;

import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;

/**
 * Spring Security's manager for blocking callers.
 */
final class SpringServletHolder implements Holder {

	private final OAuth2AuthorizedClientManager manager;

	SpringServletHolder(StubEndpoint endpoint, Timing timing) {
		this.manager = SpringClients.servlet(endpoint, timing);
	}

	@Override
	public Object token() {
		return Objects.requireNonNull(
				this.manager.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(SpringClients.REGISTRATION_ID)
					.principal("application")
					.build()))
			.getAccessToken();
	}

}
