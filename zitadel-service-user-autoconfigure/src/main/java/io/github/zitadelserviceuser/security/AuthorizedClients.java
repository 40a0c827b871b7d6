// SPDX-License-Identifier: Apache-2.0

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
