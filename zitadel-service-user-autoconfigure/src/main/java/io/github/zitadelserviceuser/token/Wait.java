// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiPredicate;

import org.jspecify.annotations.Nullable;

/**
 * The wait of one caller, as a future of that caller's own: cancelling it ends this wait
 * and leaves the flight to the others. Unlike a copy, it fails with the failure itself.
 */
final class Wait extends CompletableFuture<AccessToken> {

	private final @Nullable AccessToken unwanted;

	private final long since;

	private final BiPredicate<Wait, Outcome> carryOver;

	/**
	 * Create a new wait.
	 * @param unwanted the token that the caller has sent already, if any
	 * @param since when it began, in nanoseconds of the monotonic clock
	 * @param carryOver takes a wait on to another flight, if it has time left for that
	 */
	Wait(@Nullable AccessToken unwanted, long since, BiPredicate<Wait, Outcome> carryOver) {
		this.unwanted = unwanted;
		this.since = since;
		this.carryOver = carryOver;
	}

	@Nullable AccessToken unwanted() {
		return this.unwanted;
	}

	long since() {
		return this.since;
	}

	/**
	 * Take the outcome of a flight, or go on to the next one.
	 * @param outcome the outcome
	 */
	void take(Outcome outcome) {
		if (!isDone() && !(outcome.timedOut() && this.carryOver.test(this, outcome))) {
			settle(outcome);
		}
	}

	void settle(Outcome outcome) {
		if (outcome.token() != null) {
			complete(outcome.token());
		}
		else {
			completeExceptionally(Objects.requireNonNull(outcome.failure()));
		}
	}

	AccessToken await() throws InterruptedException {
		try {
			return get();
		}
		catch (ExecutionException ex) {
			// Nobody else has this future, so that it failed with what it was given.
			throw ((TokenRequestException) Objects.requireNonNull(ex.getCause())).forCaller();
		}
	}

}
