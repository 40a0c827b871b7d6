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

package io.github.zitadelserviceuser.security;

import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;

/**
 * JWT-bearer (RFC 7523) {@link OAuth2AuthorizedClientProvider} for client registrations
 * of the grant type {@link ServiceUserGrantType#SERVICE_USER}. The assertion is the
 * service user's, whoever the principal is: all principals share one token, and one
 * request for it.
 * <p>
 * The calling thread waits where no token is held, and gets a
 * {@link TokenRequestException} if there is none to be had.
 *
 * @since 0.1.0
 * @see ReactiveServiceUserAuthorizedClientProvider
 */
public final class ServiceUserAuthorizedClientProvider implements OAuth2AuthorizedClientProvider {

	private final TokenSource tokenSource;

	/**
	 * Create a new provider.
	 * @param tokenSource where the token comes from
	 */
	public ServiceUserAuthorizedClientProvider(TokenSource tokenSource) {
		this.tokenSource = tokenSource;
	}

	@Override
	public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizationContext context) {
		return AuthorizedClients.isServiceUser(context) ? AuthorizedClients.authorize(context, this.tokenSource.await())
				: null;
	}

}
