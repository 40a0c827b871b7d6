/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
