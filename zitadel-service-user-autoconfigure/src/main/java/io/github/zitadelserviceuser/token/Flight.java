// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One token request, with its repetitions, and everybody who waits for it.
 * <p>
 * The thread that ends a flight which took too long is another than the one that makes
 * the attempt, and may meet it.
 */
final class Flight {

	private final CompletableFuture<AccessToken> awaited = new CompletableFuture<>();

	private final CompletableFuture<AccessToken> outcome = new CompletableFuture<>();

	private final Map<Reason, Integer> attempts = new EnumMap<>(Reason.class);

	private final long startedAt;

	private final UnaryOperator<Runnable> context;

	private int failures;

	private @Nullable TokenRequestException lastFailure;

	private volatile @Nullable Future<?> attempt;

	private volatile @Nullable Future<?> repetition;

	private volatile @Nullable Future<?> end;

	Flight(long startedAt, int failures, UnaryOperator<Runnable> context) {
		this.startedAt = startedAt;
		this.failures = failures;
		this.context = context;
	}

	/**
	 * Return the future that threads wait for, all of them the same one: whoever is woken
	 * helps to wake the others, where futures of their own would leave that to one
	 * thread. Nothing else depends on it, or a thread that is woken would do the work of
	 * strangers; and it is not to be cancelled.
	 * @return the future
	 */
	CompletableFuture<AccessToken> awaited() {
		return this.awaited;
	}

	/**
	 * Return a future of the caller's own: cancelling it ends the wait of that caller and
	 * leaves the flight to the others. Unlike a copy, it fails with the failure itself.
	 * @return a new future
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the wait is what tells of the outcome
	CompletableFuture<AccessToken> join() {
		CompletableFuture<AccessToken> wait = new CompletableFuture<>();
		this.outcome.whenComplete((token, failure) -> {
			if (failure != null) {
				wait.completeExceptionally(failure);
			}
			else {
				wait.complete(token);
			}
		});
		return wait;
	}

	Runnable inContext(Runnable step) {
		return this.context.apply(step);
	}

	long startedAt() {
		return this.startedAt;
	}

	/**
	 * Return the number of failed attempts since the last success, those of earlier
	 * flights included.
	 * @return the number, from zero
	 */
	synchronized int failures() {
		return this.failures;
	}

	/**
	 * Return the number of attempts of this flight that failed for one reason.
	 * @param reason the reason
	 * @return the number, from zero
	 */
	synchronized int attempts(Reason reason) {
		return this.attempts.getOrDefault(reason, 0);
	}

	synchronized @Nullable TokenRequestException lastFailure() {
		return this.lastFailure;
	}

	synchronized void failed(TokenRequestException failure) {
		this.attempts.merge(failure.getReason(), 1, Integer::sum);
		this.failures++;
		this.lastFailure = failure;
	}

	/**
	 * Remember what to interrupt. This comes before the attempt begins, so that an older
	 * one cannot take its place afterwards.
	 * @param attempt the attempt
	 */
	void attemptIn(Future<?> attempt) {
		this.attempt = attempt;
	}

	void repeatIn(Future<?> repetition) {
		this.repetition = repetition;
	}

	void endAt(Future<?> end) {
		this.end = end;
	}

	void complete(AccessToken token) {
		cancel(this.end, false);
		// Threads first: no work of a caller who does not wait holds them up.
		this.awaited.complete(token);
		this.outcome.complete(token);
	}

	void fail(TokenRequestException failure) {
		cancel(this.end, false);
		this.awaited.completeExceptionally(failure);
		this.outcome.completeExceptionally(failure);
	}

	/**
	 * Interrupt an attempt whose answer is not awaited any more.
	 */
	void abort() {
		cancel(this.repetition, false);
		cancel(this.attempt, true);
	}

	private static void cancel(@Nullable Future<?> task, boolean interrupt) {
		if (task != null) {
			task.cancel(interrupt);
		}
	}

}
