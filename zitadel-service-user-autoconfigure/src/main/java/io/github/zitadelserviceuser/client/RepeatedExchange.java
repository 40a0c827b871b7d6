// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import io.github.zitadelserviceuser.token.AccessToken;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * An exchange that is made once more, with another token, if the answer is 401. Where
 * there is no other token, whatever the reason, or the body cannot be sent again, that
 * answer stands; so does one to credentials that are not ours. For one subscriber.
 * <p>
 * It is an operator, and one alone, since every call passes through here and few are
 * repeated: to look at the answer and to hear of a caller who gives up are two of
 * Reactor's own.
 */
final class RepeatedExchange extends MonoOperator<ClientResponse, ClientResponse> {

	private final AuthorizedRequest request;

	private final ExchangeFunction next;

	private RepeatedExchange(AuthorizedRequest request, ExchangeFunction next) {
		super(next.exchange(request));
		this.request = request;
		this.next = next;
	}

	/**
	 * Return the exchange of a request.
	 * @param request the request of the caller
	 * @param next sends it
	 * @param authorization puts a token on it and gets another one
	 * @param token the token to begin with
	 * @return the answer
	 */
	static Mono<ClientResponse> of(ClientRequest request, ExchangeFunction next, ReactiveAuthorization authorization,
			AccessToken token) {
		return new RepeatedExchange(
				new AuthorizedRequest(request, RepeatableBody.of(request.body()), authorization, token), next);
	}

	@Override
	public void subscribe(CoreSubscriber<? super ClientResponse> caller) {
		this.source.subscribe(new Answer(caller));
	}

	/**
	 * The answer on its way to the caller.
	 */
	private final class Answer implements CoreSubscriber<ClientResponse>, Subscription {

		private final CoreSubscriber<? super ClientResponse> caller;

		private Subscription exchange = Operators.emptySubscription();

		// Whether what comes of the exchange from then on is not for the caller.
		private boolean ended;

		private volatile @Nullable Repetition repetition;

		private volatile boolean abandoned;

		private Answer(CoreSubscriber<? super ClientResponse> caller) {
			this.caller = caller;
		}

		@Override
		public Context currentContext() {
			return this.caller.currentContext();
		}

		@Override
		public void onSubscribe(Subscription exchange) {
			this.exchange = exchange;
			this.caller.onSubscribe(this);
		}

		@Override
		public void onNext(ClientResponse response) {
			try {
				if (RepeatedExchange.this.request.isRejectedBy(response) && repeat(response)) {
					return;
				}
			}
			catch (Throwable ex) {
				this.ended = true;
				this.caller.onError(Operators.onOperatorError(this.exchange, ex, response, currentContext()));
				return;
			}
			this.caller.onNext(response);
		}

		private boolean repeat(ClientResponse response) {
			AuthorizedRequest rejected = RepeatedExchange.this.request;
			Mono<AccessToken> instead = rejected.tokenInstead(currentContext());
			BodyInserter<?, ? super ClientHttpRequest> body = RepeatableBody.again(rejected.body());
			if (body == null) {
				instead.subscribe();
				return false;
			}
			this.ended = true;
			Repetition repetition = new Repetition(response, this.caller);
			this.repetition = repetition;
			if (this.abandoned) {
				// By one who did not know yet that there is an answer.
				repetition.abandon();
			}
			repetition.begin(instead.map((token) -> rejected.with(token, body)), RepeatedExchange.this.next);
			return true;
		}

		@Override
		public void onError(Throwable failure) {
			if (this.ended) {
				Operators.onErrorDropped(failure, currentContext());
			}
			else {
				this.caller.onError(failure);
			}
		}

		@Override
		public void onComplete() {
			if (!this.ended) {
				this.caller.onComplete();
			}
		}

		@Override
		public void request(long n) {
			this.exchange.request(n);
		}

		@Override
		public void cancel() {
			this.abandoned = true;
			Repetition repetition = this.repetition;
			// Ahead of the connector, which hears of it next. Some free what nobody has
			// begun to read, and two that do so at once are in each other's way; others
			// do not, and the answer would keep its connection.
			if (repetition != null) {
				repetition.abandon();
			}
			this.exchange.cancel();
			if (repetition != null) {
				repetition.cancel();
			}
		}

	}

}
