// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Makes the attempts of a flight and ends it: with a token, a failure, or when its time
 * is over.
 */
final class FlightEngine {

	private final CurrentState state;

	private final CountedGrant grant;

	private final TokenAcceptance acceptance;

	private final RefreshPolicy policy;

	private final BackgroundTasks tasks;

	private final Clocks clocks;

	private final RandomGenerator random;

	private final Listeners listeners;

	private final KeepWarm keepWarm;

	FlightEngine(RefreshingTokenSourceBuilder builder, CurrentState state, BackgroundTasks tasks, Clocks clocks,
			Listeners listeners, KeepWarm keepWarm) {
		this.state = state;
		this.grant = new CountedGrant(builder.grant);
		this.acceptance = new TokenAcceptance(builder.policy, builder.random);
		this.policy = builder.policy;
		this.tasks = tasks;
		this.clocks = clocks;
		this.random = builder.random;
		this.listeners = listeners;
		this.keepWarm = keepWarm;
	}

	/**
	 * Start a flight.
	 * @param current the state that was found
	 * @param context what of the caller who waits for it goes along
	 * @return the flight, or {@code null} if the state is another one by now
	 */
	@Nullable Flight start(TokenState current, UnaryOperator<Runnable> context) {
		Flight flight = new Flight(this.clocks.nanos(), current.failures(), context);
		if (!this.state.change(current, current.take(flight))) {
			return null;
		}
		proceed(flight, () -> {
			flight.endAt(this.tasks.schedule(() -> timeOut(flight), this.policy.tokenTimeout()));
			depart(flight);
		});
		return flight;
	}

	private void depart(Flight flight) {
		TokenRequestException hanging = this.grant.hanging();
		if (hanging != null) {
			flight.failed(hanging);
			endAndTell(flight, hanging);
			return;
		}
		FutureTask<?> attempt = new FutureTask<>(flight.inContext(() -> attempt(flight)), flight);
		flight.attemptIn(attempt);
		this.tasks.run(attempt);
	}

	private void attempt(Flight flight) {
		if (!this.state.isUnderWay(flight)) {
			return;
		}
		// Read before the request leaves: a slow answer does not lengthen a token's life.
		TokenTime requestedAt = this.clocks.now();
		try {
			succeed(flight, this.acceptance.accept(this.grant.request(), requestedAt, this.clocks.now()));
		}
		catch (TokenRequestException ex) {
			repeatOrFail(flight, ex);
		}
		catch (Throwable ex) {
			// Even an Error ends the flight: there can be no other one before that.
			repeatOrFail(flight, unexpected(ex));
		}
	}

	/**
	 * Repeat the attempt if callers wait, the failure is a passing one, and there is time
	 * left for it. Otherwise end the flight. Listeners are told when what comes next is
	 * on its way: one that takes its time, or waits for what waits for the token, holds
	 * up nobody.
	 * @param flight the flight
	 * @param failure why the attempt failed
	 */
	private void repeatOrFail(Flight flight, TokenRequestException failure) {
		if (!this.state.isUnderWay(flight)) {
			return;
		}
		flight.failed(failure);
		HeldToken held = this.state.get().held();
		boolean awaited = held == null || !this.clocks.isUsable(held);
		Duration delay = this.policy.coldPause(flight.failures(), failure.getRetryAfter(), this.random.nextDouble());
		Duration flown = Duration.ofNanos(this.clocks.nanos() - flight.startedAt());
		if (awaited && flight.attempts(failure.getReason()) <= failure.getReason().repetitions()
				&& flown.plus(delay).compareTo(this.policy.tokenTimeout()) < 0) {
			proceed(flight,
					() -> flight.repeatIn(this.tasks.schedule(() -> proceed(flight, () -> depart(flight)), delay)));
			this.listeners.tell((listener) -> listener.onFailed(failure));
		}
		else {
			endAndTell(flight, failure);
		}
	}

	/**
	 * Take a step that needs a thread. Where there is none to be had, the flight ends.
	 * @param flight the flight
	 * @param step the step
	 */
	private void proceed(Flight flight, Runnable step) {
		try {
			step.run();
		}
		catch (RuntimeException | Error ex) {
			TokenRequestException failure = unexpected(ex);
			flight.failed(failure);
			endAndTell(flight, failure);
		}
	}

	private void succeed(Flight flight, HeldToken held) {
		TokenState before = this.state.end(flight, (current) -> current.withToken(held));
		if (before != null) {
			boolean replaced = before.held() != null && this.clocks.isUsable(before.held());
			flight.complete(held.token());
			this.keepWarm.wakeUpWhenDue();
			this.listeners.tell((listener) -> {
				if (replaced) {
					listener.onRefreshed(held.token());
				}
				else {
					listener.onObtained(held.token());
				}
			});
		}
	}

	private void timeOut(Flight flight) {
		if (!this.state.isUnderWay(flight)) {
			return;
		}
		TokenRequestException last = flight.lastFailure();
		TokenRequestException failure = new TokenRequestException(Reason.TIMEOUT,
				"No token within " + this.policy.tokenTimeout().toMillis()
						+ " ms, which is how long a call waits for one ('token-timeout')"
						+ ((last != null) ? ". Before that: " + last.getMessage() : ""),
				last);
		flight.failed(failure);
		if (end(flight, failure)) {
			flight.abort();
			this.listeners.tellElsewhere((listener) -> listener.onFailed(failure));
		}
	}

	private void endAndTell(Flight flight, TokenRequestException failure) {
		if (end(flight, failure)) {
			this.listeners.tell((listener) -> listener.onFailed(failure));
		}
	}

	private boolean end(Flight flight, TokenRequestException failure) {
		int failures = flight.failures();
		double part = this.random.nextDouble();
		Pause pause = new Pause(failure, failures, this.clocks.nanos(),
				this.policy.pause(failures, failure.getRetryAfter(), part),
				this.policy.coldPause(failures, failure.getRetryAfter(), part));
		TokenState before = this.state.end(flight, (current) -> current.withPause(pause));
		if (before == null) {
			return false;
		}
		answer(flight, before.held(), failure);
		this.keepWarm.wakeUpWhenDue();
		return true;
	}

	/**
	 * Answer those who wait for a flight that has failed. Where a token can be used all
	 * the same, they rejected it.
	 * @param flight the flight
	 * @param held the token at hand, usable or not
	 * @param failure why it failed
	 */
	void answer(Flight flight, @Nullable HeldToken held, TokenRequestException failure) {
		if (held != null && this.clocks.isUsable(held)) {
			flight.complete(held.token());
		}
		else {
			flight.fail(failure);
		}
	}

	private static TokenRequestException unexpected(Throwable ex) {
		return new TokenRequestException(Reason.UNEXPECTED,
				"The token request failed unexpectedly: " + ex.getClass().getName(), ex);
	}

}
