// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.security;

import java.util.function.Function;

import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

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

	private final Function<ClientRegistration, TokenSource> tokenSources;

	/**
	 * Create a new provider for one service user.
	 * @param tokenSource where the token comes from
	 */
	public ServiceUserAuthorizedClientProvider(TokenSource tokenSource) {
		this((registration) -> tokenSource);
	}

	/**
	 * Create a new provider for several service users.
	 * @param tokenSources where the token of a registration comes from
	 */
	public ServiceUserAuthorizedClientProvider(Function<ClientRegistration, TokenSource> tokenSources) {
		this.tokenSources = tokenSources;
	}

	@Override
	public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizationContext context) {
		return AuthorizedClients.isServiceUser(context)
				? AuthorizedClients.authorize(context, this.tokenSources.apply(context.getClientRegistration()).await())
				: null;
	}

}
