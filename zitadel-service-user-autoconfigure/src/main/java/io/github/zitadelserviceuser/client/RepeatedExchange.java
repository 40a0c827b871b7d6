// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zitadelserviceuser.token.AccessToken;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * An exchange that is made once more, with another token, if the answer is 401. Where
 * there is no other token, whatever the reason, or the body cannot be sent again, that
 * answer stands; so does one to credentials that are not ours. For one subscriber.
 */
final class RepeatedExchange {

	private final ClientRequest request;

	private final ExchangeFunction next;

	private final Authorization authorization;

	// The answer while it is nobody's, neither the caller's nor thrown away.
	private final AtomicReference<@Nullable ClientResponse> undecided = new AtomicReference<>();

	private final AtomicBoolean abandoned = new AtomicBoolean();

	/**
	 * Create a new exchange.
	 * @param request the request of the caller
	 * @param next sends it
	 * @param authorization puts a token on it and gets another one
	 */
	RepeatedExchange(ClientRequest request, ExchangeFunction next, Authorization authorization) {
		this.request = request;
		this.next = next;
		this.authorization = authorization;
	}

	Mono<ClientResponse> exchange(AccessToken token) {
		AuthorizedRequest first = authorized(token, RepeatableBody.of(this.request.body()));
		return this.next.exchange(first)
			.flatMap((response) -> isRejected(first, token, response) ? judge(response, token, first.body())
					: Mono.just(response))
			// Ahead of the connector, which hears of it next. Some free what nobody has
			// begun to read, and two that do so at once are in each other's way; others
			// do not, and the answer would keep its connection.
			.doOnCancel(this::abandon);
	}

	private Mono<ClientResponse> exchangeAgain(AccessToken token, BodyInserter<?, ? super ClientHttpRequest> body) {
		AuthorizedRequest second = authorized(token, body);
		return this.next.exchange(second).doOnNext((response) -> isRejected(second, token, response));
	}

	private AuthorizedRequest authorized(AccessToken token, BodyInserter<?, ? super ClientHttpRequest> body) {
		return new AuthorizedRequest(this.request, body,
				(uri, headers) -> this.authorization.apply(token, uri, headers));
	}

	private boolean isRejected(AuthorizedRequest sent, AccessToken token, ClientResponse response) {
		if (!sent.isAuthorized()) {
			return false;
		}
		this.authorization.answered(token, response.statusCode());
		return HttpStatus.UNAUTHORIZED.isSameCodeAs(response.statusCode());
	}

	private Mono<ClientResponse> judge(ClientResponse response, AccessToken rejected,
			BodyInserter<?, ? super ClientHttpRequest> body) {
		Mono<AccessToken> instead = Mono.fromFuture(() -> this.authorization.insteadOf(rejected)).onErrorComplete();
		BodyInserter<?, ? super ClientHttpRequest> again = RepeatableBody.again(body);
		if (again == null) {
			instead.subscribe();
			return Mono.just(response);
		}
		this.undecided.set(response);
		if (this.abandoned.get()) {
			// By one who did not know yet that there is an answer.
			abandon();
		}
		return instead.filter((other) -> !other.equals(rejected))
			.publishOn(Schedulers.parallel())
			.map((other) -> Mono.defer(() -> ReleasedBody.of(response, this.abandoned)
				.then(Mono.defer(() -> exchangeAgain(other, again)))))
			.defaultIfEmpty(Mono.just(response))
			.flatMap((answer) -> (this.undecided.getAndSet(null) != null) ? answer : Mono.never());
	}

	private void abandon() {
		this.abandoned.set(true);
		ClientResponse response = this.undecided.getAndSet(null);
		if (response != null) {
			ReleasedBody.of(response, this.abandoned).subscribe();
		}
	}

	/**
	 * What one call is authorized with.
	 */
	interface Authorization {

		void apply(AccessToken token, URI uri, HttpHeaders headers);

		void answered(AccessToken token, HttpStatusCode status);

		CompletableFuture<AccessToken> insteadOf(AccessToken rejected);

	}

}
