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

import io.github.zitadelserviceuser.token.AccessToken;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

/**
 * What the blocking and the reactive provider have in common.
 */
final class AuthorizedClients {

	private AuthorizedClients() {
	}

	static boolean isServiceUser(OAuth2AuthorizationContext context) {
		return ServiceUserGrantType.SERVICE_USER.equals(context.getClientRegistration().getAuthorizationGrantType());
	}

	/**
	 * Return the client that is to replace the one of the context.
	 * @param context the context
	 * @param token the token to have
	 * @return the client, or {@code null} if the one of the context has the token
	 * already: Spring Security then goes on with it
	 */
	static @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizationContext context, AccessToken token) {
		OAuth2AuthorizedClient present = context.getAuthorizedClient();
		if (present != null && present.getAccessToken().getTokenValue().equals(token.value())) {
			return null;
		}
		return new OAuth2AuthorizedClient(context.getClientRegistration(), context.getPrincipal().getName(),
				new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, token.value(), token.issuedAt(),
						token.expiresAt()));
	}

}
