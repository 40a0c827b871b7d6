// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.observation.CallerObservation;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Authorizes the requests of a reactive client.
 *
 * @param tokenSource where the token comes from
 * @param allowedHosts where it may go
 * @param issuerHeaders what a request to the issuer gets beside the token, if anything
 * @param hints who is told how calls are answered, if anybody
 * @param followRedirects whether redirects are followed
 * @param bearer the header that the token is sent in
 */
record ReactiveAuthorization(TokenSource tokenSource, AllowedHosts allowedHosts, @Nullable IssuerHeaders issuerHeaders,
		@Nullable CallHints hints, boolean followRedirects, BearerHeader bearer) {

	ReactiveAuthorization(TokenSource tokenSource, AllowedHosts allowedHosts, @Nullable IssuerHeaders issuerHeaders) {
		this(tokenSource, allowedHosts, issuerHeaders, null, false, new BearerHeader());
	}

	ReactiveAuthorization withHints(@Nullable CallHints other) {
		return new ReactiveAuthorization(this.tokenSource, this.allowedHosts, this.issuerHeaders, other,
				this.followRedirects, this.bearer);
	}

	ReactiveAuthorization withFollowRedirects(boolean follow) {
		return new ReactiveAuthorization(this.tokenSource, this.allowedHosts, this.issuerHeaders, this.hints, follow,
				this.bearer);
	}

	/**
	 * Make a call: with the token, unless the request has credentials of its own, and
	 * along redirects.
	 * @param request the request, as the caller made it
	 * @param next sends it
	 * @return the answer
	 */
	Mono<ClientResponse> exchange(ClientRequest request, ExchangeFunction next) {
		return this.followRedirects
				? new RedirectedExchange((each) -> exchangeOnce(each, next), this.allowedHosts).exchange(request)
				: exchangeOnce(request, next);
	}

	private Mono<ClientResponse> exchangeOnce(ClientRequest request, ExchangeFunction next) {
		if (AuthorizedRequest.hasCredentials(request)) {
			return next.exchange(request);
		}
		// Deferred, so that whoever subscribes once more gets the token of that time.
		return Mono.deferContextual((caller) -> {
			this.allowedHosts.check(request.url());
			CompletableFuture<AccessToken> token = CallerObservation.get(this.tokenSource, caller);
			if (token.isDone() && !token.isCompletedExceptionally()) {
				return RepeatedExchange.of(request, next, this, token.join());
			}
			// Not on the thread that completes the future: what a caller does there would
			// hold up the others.
			return Mono.fromFuture(token)
				.onErrorMap(TokenRequestException.class, TokenRequestException::forCaller)
				.publishOn(Schedulers.parallel())
				.flatMap((late) -> RepeatedExchange.of(request, next, this, late));
		});
	}

	/**
	 * Put on a request what it gets when it is sent.
	 * @param judged the URI that was checked
	 * @param uri the URI that is really called: another filter may have led elsewhere
	 * @param headers the headers of the request
	 * @param token the token to send it with
	 */
	void apply(URI judged, URI uri, HttpHeaders headers, AccessToken token) {
		if (!judged.equals(uri)) {
			this.allowedHosts.check(uri);
		}
		this.bearer.set(headers, token);
		if (this.issuerHeaders != null) {
			this.issuerHeaders.apply(uri, headers);
		}
	}

	void answered(URI uri, AccessToken token, HttpStatusCode status) {
		if (this.hints != null) {
			this.hints.answered(uri, token, status.value());
		}
	}

	CompletableFuture<AccessToken> insteadOf(AccessToken rejected, ContextView caller) {
		return CallerObservation.reject(this.tokenSource, rejected, caller);
	}

}
