// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.holder;

import java.util.Objects;

import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientManager;

/**
 * Spring Security's manager for non-blocking callers.
 */
final class SpringReactiveHolder implements Holder {

	private final ReactiveOAuth2AuthorizedClientManager manager;

	SpringReactiveHolder(StubEndpoint endpoint, Timing timing) {
		this.manager = SpringClients.reactive(endpoint, timing);
	}

	@Override
	public Object token() {
		return Objects.requireNonNull(tokenLater().block());
	}

	@Override
	public Mono<?> tokenLater() {
		return this.manager
			.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(SpringClients.REGISTRATION_ID)
				.principal("application")
				.build())
			.map(OAuth2AuthorizedClient::getAccessToken);
	}

}
