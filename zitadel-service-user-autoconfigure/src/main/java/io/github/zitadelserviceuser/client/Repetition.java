// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * What comes after an answer of 401: that same answer, or the one to a second request.
 */
final class Repetition extends BaseSubscriber<ClientResponse> {

	// The answer while it is nobody's, neither the caller's nor thrown away.
	private final AtomicReference<@Nullable ClientResponse> undecided;

	private final AtomicBoolean abandoned = new AtomicBoolean();

	private final ClientResponse rejection;

	private final CoreSubscriber<? super ClientResponse> caller;

	/**
	 * Create a new repetition.
	 * @param rejection the answer of 401
	 * @param caller who gets the one that counts
	 */
	Repetition(ClientResponse rejection, CoreSubscriber<? super ClientResponse> caller) {
		this.rejection = rejection;
		this.undecided = new AtomicReference<>(rejection);
		this.caller = caller;
	}

	@Override
	public Context currentContext() {
		return this.caller.currentContext();
	}

	/**
	 * Send a second request.
	 * @param second the request, if there is another token for it
	 * @param next sends it
	 */
	void begin(Mono<AuthorizedRequest> second, ExchangeFunction next) {
		second.publishOn(Schedulers.parallel())
			.map((request) -> Mono.defer(() -> ReleasedBody.of(this.rejection, this.abandoned)
				.then(Mono.defer(() -> next.exchange(request).doOnNext(request::isRejectedBy)))))
			.defaultIfEmpty(Mono.just(this.rejection))
			.flatMap((answer) -> (this.undecided.getAndSet(null) != null) ? answer : Mono.never())
			.subscribe(this);
	}

	/**
	 * Free what the caller does not wait for any more.
	 */
	void abandon() {
		this.abandoned.set(true);
		ClientResponse response = this.undecided.getAndSet(null);
		if (response != null) {
			ReleasedBody.of(response, this.abandoned).subscribe();
		}
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		requestUnbounded();
	}

	@Override
	protected void hookOnNext(ClientResponse response) {
		this.caller.onNext(response);
	}

	@Override
	protected void hookOnError(Throwable failure) {
		this.caller.onError(failure);
	}

	@Override
	protected void hookOnComplete() {
		this.caller.onComplete();
	}

}
