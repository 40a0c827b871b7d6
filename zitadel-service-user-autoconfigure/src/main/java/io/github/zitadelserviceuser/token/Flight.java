// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
final class Flight implements Answer {

	/**
	 * What threads wait for, all of them the same one: whoever is woken helps to wake the
	 * others, where futures of their own would leave that to one thread. Nothing else
	 * depends on it, or a thread that is woken would do the work of strangers.
	 */
	private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

	private final Map<Reason, Integer> attempts = new EnumMap<>(Reason.class);

	private final long startedAt;

	private final UnaryOperator<Runnable> context;

	// None any more when the flight is over: who comes then has its outcome.
	private @Nullable List<Wait> waits = new ArrayList<>();

	private int failures;

	private boolean repeatedAtOnce;

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
	 * Return how the flight ended.
	 * @return the outcome, or {@code null} if there is none yet
	 */
	@Nullable Outcome outcome() {
		return this.outcome.getNow(null);
	}

	Outcome await() throws InterruptedException {
		try {
			return this.outcome.get();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	void join(Wait wait) {
		if (!add(wait)) {
			wait.take(this.outcome.join());
		}
	}

	/**
	 * End all waits. Threads come first: no work of a caller who does not wait holds them
	 * up. It is not done here either, since something else depends on this thread.
	 * @param outcome the outcome
	 * @param threads where others are answered
	 */
	void end(Outcome outcome, OwnThreads threads) {
		cancel(this.end, false);
		this.outcome.complete(outcome);
		List<Wait> waits = takeWaits();
		if (!waits.isEmpty()) {
			threads.runElsewhere(new Answering(waits, outcome, threads));
		}
	}

	UnaryOperator<Runnable> context() {
		return this.context;
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

	/**
	 * Return whether a failure is the first of a connection, which is repeated at once:
	 * it may be an exception. It does not count as a failure. After one that does, it is
	 * an outage more likely, in which nobody should ask twice.
	 * @param failure the failure
	 * @return whether to repeat the attempt
	 */
	synchronized boolean repeatsAtOnce(TokenRequestException failure) {
		if (this.repeatedAtOnce || this.failures > 0 || failure.getReason() != Reason.UNREACHABLE) {
			return false;
		}
		this.repeatedAtOnce = true;
		this.lastFailure = failure;
		return true;
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

	/**
	 * Interrupt an attempt whose answer is not awaited any more.
	 */
	void abort() {
		cancel(this.repetition, false);
		cancel(this.attempt, true);
	}

	private synchronized boolean add(Wait wait) {
		return this.waits != null && this.waits.add(wait);
	}

	private synchronized List<Wait> takeWaits() {
		List<Wait> taken = (this.waits != null) ? this.waits : List.of();
		this.waits = null;
		return taken;
	}

	private static void cancel(@Nullable Future<?> task, boolean interrupt) {
		if (task != null) {
			task.cancel(interrupt);
		}
	}

}
