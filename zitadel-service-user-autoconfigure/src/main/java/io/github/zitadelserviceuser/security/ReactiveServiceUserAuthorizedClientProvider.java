// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.security;

import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.observation.CallerObservation;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProvider;

/**
 * The reactive twin of {@link ServiceUserAuthorizedClientProvider}, over the same token.
 * It never blocks; its result fails with a {@link TokenRequestException} if there is no
 * token to be had.
 *
 * @since 0.1.0
 */
public final class ReactiveServiceUserAuthorizedClientProvider implements ReactiveOAuth2AuthorizedClientProvider {

	private final TokenSource tokenSource;

	/**
	 * Create a new provider.
	 * @param tokenSource where the token comes from
	 */
	public ReactiveServiceUserAuthorizedClientProvider(TokenSource tokenSource) {
		this.tokenSource = tokenSource;
	}

	@Override
	public Mono<OAuth2AuthorizedClient> authorize(OAuth2AuthorizationContext context) {
		if (!AuthorizedClients.isServiceUser(context)) {
			return Mono.empty();
		}
		return Mono.deferContextual((caller) -> {
			CompletableFuture<AccessToken> token = CallerObservation.get(this.tokenSource, caller);
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
