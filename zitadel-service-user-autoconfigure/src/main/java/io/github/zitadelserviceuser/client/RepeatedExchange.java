// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.github.zitadelserviceuser.token.AccessToken;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * An exchange that is made once more, with another token, if the answer is 401. Where
 * there is no other token, whatever the reason, or the body cannot be sent again, that
 * answer stands. For one subscriber.
 */
final class RepeatedExchange {

	private final BiFunction<AccessToken, BodyInserter<?, ? super ClientHttpRequest>, Mono<ClientResponse>> exchange;

	private final Function<AccessToken, CompletableFuture<AccessToken>> rejection;

	// The answer while it is nobody's, neither the caller's nor thrown away.
	private final AtomicReference<@Nullable ClientResponse> undecided = new AtomicReference<>();

	/**
	 * Create a new exchange.
	 * @param exchange sends a body with a token
	 * @param rejection gets another token
	 */
	RepeatedExchange(BiFunction<AccessToken, BodyInserter<?, ? super ClientHttpRequest>, Mono<ClientResponse>> exchange,
			Function<AccessToken, CompletableFuture<AccessToken>> rejection) {
		this.exchange = exchange;
		this.rejection = rejection;
	}

	Mono<ClientResponse> exchange(AccessToken token, BodyInserter<?, ? super ClientHttpRequest> original) {
		BodyInserter<?, ? super ClientHttpRequest> body = RepeatableBody.of(original);
		return this.exchange.apply(token, body)
			.flatMap((response) -> HttpStatus.UNAUTHORIZED.isSameCodeAs(response.statusCode())
					? judge(response, token, body) : Mono.just(response))
			// Ahead of the connector, which hears of it next. Some free what nobody has
			// begun to read, and two that do so at once are in each other's way; others
			// do not, and the answer would keep its connection.
			.doOnCancel(this::abandon);
	}

	private Mono<ClientResponse> judge(ClientResponse response, AccessToken rejected,
			BodyInserter<?, ? super ClientHttpRequest> body) {
		Mono<AccessToken> instead = Mono.fromFuture(() -> this.rejection.apply(rejected)).onErrorComplete();
		BodyInserter<?, ? super ClientHttpRequest> again = RepeatableBody.again(body);
		if (again == null) {
			instead.subscribe();
			return Mono.just(response);
		}
		this.undecided.set(response);
		return instead.filter((other) -> !other.equals(rejected))
			.publishOn(Schedulers.parallel())
			.map((other) -> Mono
				.defer(() -> ReleasedBody.of(response).then(Mono.defer(() -> this.exchange.apply(other, again)))))
			.defaultIfEmpty(Mono.just(response))
			.flatMap((answer) -> (this.undecided.getAndSet(null) != null) ? answer : Mono.empty());
	}

	private void abandon() {
		ClientResponse response = this.undecided.getAndSet(null);
		if (response != null) {
			ReleasedBody.of(response).subscribe();
		}
	}

}
