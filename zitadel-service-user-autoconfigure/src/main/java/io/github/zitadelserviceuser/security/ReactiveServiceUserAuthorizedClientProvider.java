// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.security;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.zitadelserviceuser.observation.CallerObservation;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

/**
 * The reactive twin of {@link ServiceUserAuthorizedClientProvider}, over the same token.
 * It never blocks; its result fails with a {@link TokenRequestException} if there is no
 * token to be had.
 *
 * @since 0.1.0
 */
public final class ReactiveServiceUserAuthorizedClientProvider implements ReactiveOAuth2AuthorizedClientProvider {

	private final Function<ClientRegistration, TokenSource> tokenSources;

	/**
	 * Create a new provider for one service user.
	 * @param tokenSource where the token comes from
	 */
	public ReactiveServiceUserAuthorizedClientProvider(TokenSource tokenSource) {
		this((registration) -> tokenSource);
	}

	/**
	 * Create a new provider for several service users.
	 * @param tokenSources where the token of a registration comes from
	 */
	public ReactiveServiceUserAuthorizedClientProvider(Function<ClientRegistration, TokenSource> tokenSources) {
		this.tokenSources = tokenSources;
	}

	@Override
	public Mono<OAuth2AuthorizedClient> authorize(OAuth2AuthorizationContext context) {
		if (!AuthorizedClients.isServiceUser(context)) {
			return Mono.empty();
		}
		return Mono.deferContextual((caller) -> {
			CompletableFuture<AccessToken> token = CallerObservation
				.get(this.tokenSources.apply(context.getClientRegistration()), caller);
			if (token.isDone() && !token.isCompletedExceptionally()) {
				return Mono.justOrEmpty(AuthorizedClients.authorize(context, token.join()));
			}
			// Not on the thread that completes the future: what a caller does there would
			// hold up the others.
			return Mono.fromFuture(token)
				.onErrorMap(TokenRequestException.class, TokenRequestException::forCaller)
				.publishOn(Schedulers.parallel())
				.mapNotNull((obtained) -> AuthorizedClients.authorize(context, obtained));
		});
	}

}
