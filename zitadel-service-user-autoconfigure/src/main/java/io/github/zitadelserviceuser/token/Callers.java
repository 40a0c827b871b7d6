// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Those who have to wait for a token: each asks, joins a flight, and has
 * {@link RefreshPolicy#tokenTimeout()} for itself.
 */
final class Callers {

	private static final UnaryOperator<Runnable> NOBODY = UnaryOperator.identity();

	private final CurrentState state;

	private final RefreshPolicy policy;

	private final OwnThreads threads;

	private final Clocks clocks;

	private final BooleanSupplier nonBlockingThread;

	private final HarmlessContext context;

	private final FlightEngine engine;

	Callers(RefreshingTokenSourceBuilder builder, CurrentState state, OwnThreads threads, Clocks clocks,
			HarmlessContext context, FlightEngine engine) {
		this.state = state;
		this.policy = builder.policy;
		this.threads = threads;
		this.clocks = clocks;
		this.nonBlockingThread = builder.nonBlockingThread;
		this.context = context;
		this.engine = engine;
	}

	/**
	 * Wait as a thread.
	 * @return the token
	 */
	AccessToken await() {
		long since = this.clocks.nanos();
		Answer answer = ask(null, this.context::capture, null);
		try {
			return (answer instanceof Flight flight) ? await(flight, since) : ((Outcome) answer).orThrow();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TokenRequestException(Reason.CANCELLED, "Interrupted while waiting for a token", ex);
		}
	}

	/**
	 * Wait as a future of the caller's own.
	 * @param unwanted the token that the caller has sent already, if any
	 * @return the future
	 */
	CompletableFuture<AccessToken> join(@Nullable AccessToken unwanted) {
		Wait wait = new Wait(unwanted, this.clocks.nanos(), this::carryOver);
		join(wait, ask(unwanted, this.context::capture, null));
		return wait;
	}

	private void join(Wait wait, Answer answer) {
		if (answer instanceof Flight flight) {
			flight.join(wait);
		}
		else {
			wait.take((Outcome) answer);
		}
	}

	private AccessToken await(Flight flight, long since) throws InterruptedException {
		Outcome outcome = flight.outcome();
		if (outcome == null) {
			requireMayBlock();
			outcome = flight.await();
		}
		if (!outcome.timedOut()) {
			return outcome.orThrow();
		}
		Wait wait = new Wait(null, since, this::carryOver);
		wait.take(outcome);
		return wait.await();
	}

	private void requireMayBlock() {
		if (this.nonBlockingThread.getAsBoolean()) {
			throw new IllegalStateException("No token is held, and thread '" + Thread.currentThread().getName()
					+ "' must not block until there is one; use TokenSource.get() there, or a WebClient");
		}
		if (this.threads.isCurrent()) {
			throw new IllegalStateException("No token is held, and thread '" + Thread.currentThread().getName()
					+ "' is one of those that bring it or tell of it: it must not wait for one. Use TokenSource.get() "
					+ "there, or move what waits to a thread of your own, as by handleAsync(..., executor) instead of "
					+ "handle(...)");
		}
	}

	/**
	 * Take a wait on to another flight after one that took too long. The caller joined it
	 * late and has an attempt of its own left, which the pause of that flight does not
	 * keep it from.
	 * @param wait the wait
	 * @param timedOut the outcome of the flight
	 * @return whether there is enough time left for an attempt
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the wait is what tells of the outcome
	private boolean carryOver(Wait wait, Outcome timedOut) {
		Duration left = this.policy.tokenTimeout().minusNanos(this.clocks.nanos() - wait.since());
		if (left.compareTo(this.policy.attemptTime()) < 0) {
			return false;
		}
		try {
			Future<?> end = this.threads.schedule(() -> this.threads.runElsewhere(() -> wait.settle(timedOut)), left);
			wait.whenComplete((token, failure) -> end.cancel(false));
		}
		catch (Throwable ex) {
			// Closed just now, or no thread to be had: nothing would end the wait.
			return false;
		}
		join(wait, ask(wait.unwanted(), () -> NOBODY, timedOut.failure()));
		return true;
	}

	/**
	 * Find a token at any price but that of a request within a pause.
	 * @param unwanted the token that the caller has sent already, which is returned only
	 * where no other can be had
	 * @param context what of the caller goes along
	 * @param overcome the failure whose pause does not hold for the caller, if any
	 * @return the token, the flight to wait for, or the failure of the last one
	 */
	Answer ask(@Nullable AccessToken unwanted, Supplier<UnaryOperator<Runnable>> context,
			@Nullable TokenRequestException overcome) {
		while (true) {
			TokenState current = this.state.get();
			HeldToken held = current.held();
			HeldToken usable = (held != null && this.clocks.isUsable(held)) ? held : null;
			if (usable != null && !usable.token().equals(unwanted)) {
				return Outcome.of(usable.token());
			}
			if (current.flight() != null) {
				return current.flight();
			}
			TokenRequestException obstacle = current.closed() ? closed()
					: current.failureOfPause(this.clocks.nanos(), usable != null);
			if (obstacle != null && obstacle != overcome) {
				return (usable != null) ? Outcome.of(usable.token()) : Outcome.of(obstacle);
			}
			Flight flight = this.engine.start(current, context.get());
			if (flight != null) {
				return flight;
			}
		}
	}

	static TokenRequestException closed() {
		return new TokenRequestException(Reason.CANCELLED,
				"The source of tokens is closed: the application shuts down");
	}

}
