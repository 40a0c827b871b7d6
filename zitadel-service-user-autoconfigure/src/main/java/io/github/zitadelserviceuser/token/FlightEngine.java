// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Makes the attempts of a flight and ends it: with a token, a failure, or when its time
 * is over.
 */
final class FlightEngine {

	private static final Logger LOGGER = System.getLogger(RefreshingTokenSource.class.getName());

	private final CurrentState state;

	private final CountedGrant grant;

	private final TokenAcceptance acceptance;

	private final UnknownLifetime unknownLifetime;

	private final RefreshPolicy policy;

	private final OwnThreads threads;

	private final HarmlessContext context;

	private final Clocks clocks;

	private final RandomGenerator random;

	private final Listeners listeners;

	private final KeepWarm keepWarm;

	FlightEngine(RefreshingTokenSourceBuilder builder, CurrentState state, UnknownLifetime unknownLifetime,
			OwnThreads threads, Clocks clocks, HarmlessContext context, Listeners listeners, KeepWarm keepWarm) {
		this.state = state;
		this.grant = new CountedGrant(builder.grant);
		this.acceptance = new TokenAcceptance(builder.policy, unknownLifetime, builder.random);
		this.unknownLifetime = unknownLifetime;
		this.policy = builder.policy;
		this.threads = threads;
		this.context = context;
		this.clocks = clocks;
		this.random = builder.random;
		this.listeners = listeners;
		this.keepWarm = keepWarm;
	}

	/**
	 * Start a flight that somebody waits for.
	 * @param current the state that was found
	 * @param context what of the caller who waits for it goes along
	 * @return the flight, or {@code null} if the state is another one by now
	 */
	@Nullable Flight start(TokenState current, UnaryOperator<Runnable> context) {
		return start(current, context, this::depart);
	}

	/**
	 * Start a flight that nobody waits for. The caller has a token and goes on: it starts
	 * one thread, that of the timer, which starts the other.
	 * @param current the state that was found, in vain if it is another one by now
	 */
	void startInBackground(TokenState current) {
		start(current, UnaryOperator.identity(), (flight) -> departIn(flight, Duration.ZERO));
	}

	private @Nullable Flight start(TokenState current, UnaryOperator<Runnable> context, Consumer<Flight> departure) {
		Flight flight = new Flight(this.clocks.nanos(), current.failures(), context);
		if (!this.state.compareAndSet(current, current.take(flight))) {
			return null;
		}
		proceed(flight, () -> {
			flight.endAt(this.threads.schedule(() -> timeOut(flight), this.policy.tokenTimeout()));
			departure.accept(flight);
		});
		return flight;
	}

	/**
	 * Cancel a flight that is not in the state any more.
	 * @param flight the flight
	 * @param held the token at hand, usable or not
	 * @param reason why
	 */
	void cancel(Flight flight, @Nullable HeldToken held, TokenRequestException reason) {
		flight.abort();
		endWith(flight, held, Outcome.of(reason));
	}

	private void depart(Flight flight) {
		TokenRequestException hanging = this.grant.hanging();
		if (hanging != null) {
			failWithout(flight, hanging);
			return;
		}
		FutureTask<?> attempt = this.threads.attempt(() -> this.context.run(flight.context(), () -> attempt(flight)));
		flight.attemptIn(attempt);
		this.threads.run(attempt);
	}

	private void departIn(Flight flight, Duration delay) {
		flight.repeatIn(this.threads.schedule(() -> proceed(flight, () -> depart(flight)), delay));
	}

	private void attempt(Flight flight) {
		while (this.state.isUnderWay(flight)) {
			TokenRequestException failure = request(flight);
			if (failure == null) {
				return;
			}
			if (left(flight).compareTo(this.policy.attemptTime()) < 0 || !flight.repeatsAtOnce(failure)) {
				repeatOrFail(flight, failure);
				return;
			}
			LOGGER.log(Level.DEBUG, "The token request is made once more, at once", failure);
		}
	}

	private @Nullable TokenRequestException request(Flight flight) {
		// Read before the request leaves: a slow answer does not lengthen a token's life.
		TokenTime requestedAt = this.clocks.now();
		try {
			succeed(flight, this.acceptance.accept(response(), requestedAt, this.clocks.now()));
			return null;
		}
		catch (TokenRequestException ex) {
			return ex;
		}
		catch (Throwable ex) {
			// Even an Error ends the flight: there can be no other one before that.
			return unexpected(ex);
		}
	}

	private TokenResponse response() {
		HeldToken held = this.state.get().held();
		return (held != null && held.isRejected() && this.clocks.isUsable(held)) ? this.grant.replace(held.token())
				: this.grant.request();
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
		Duration delay = delay(flight, failure);
		if (delay != null) {
			proceed(flight, () -> departIn(flight, delay));
			this.listeners.tell((listener) -> listener.onFailed(failure));
		}
		else if (fail(flight, Outcome.of(failure), failure)) {
			this.listeners.tell((listener) -> listener.onFailed(failure));
		}
	}

	private @Nullable Duration delay(Flight flight, TokenRequestException failure) {
		HeldToken held = this.state.get().held();
		boolean awaited = held == null || !this.clocks.isUsable(held);
		if (!awaited || flight.attempts(failure.getReason()) > failure.getReason().repetitions()) {
			return null;
		}
		return this.policy.repetitionDelay(flight.failures(), failure.getRetryAfter(), this.random.nextDouble(),
				left(flight));
	}

	private Duration left(Flight flight) {
		return this.policy.tokenTimeout().minusNanos(this.clocks.nanos() - flight.startedAt());
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
		catch (Throwable ex) {
			failWithout(flight, unexpected(ex));
		}
	}

	private void succeed(Flight flight, HeldToken held) {
		TokenState before = this.state.end(flight, (current) -> current.withToken(held));
		if (before != null) {
			boolean replaced = before.held() != null && this.clocks.isUsable(before.held());
			flight.end(Outcome.of(held.token()), this.threads);
			this.keepWarm.wakeUpWhenDue();
			this.listeners.tell((listener) -> {
				if (replaced) {
					listener.onRefreshed(held.token());
				}
				else {
					listener.onObtained(held.token());
				}
			});
			if (this.unknownLifetime.isNews(held)) {
				this.listeners.tell((listener) -> listener.onLifetimeUnknown(held.token()));
			}
		}
	}

	/**
	 * The attempt is aborted first: whatever those do who are answered then, it has ended
	 * and so has its flight.
	 * @param flight the flight
	 */
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
		if (fail(flight, Outcome.timedOut(failure), failure)) {
			this.listeners.tellElsewhere((listener) -> listener.onFailed(failure));
		}
	}

	/**
	 * Fail without an attempt, on the thread of whoever wanted one.
	 * @param flight the flight
	 * @param failure what stands in its way
	 */
	private void failWithout(Flight flight, TokenRequestException failure) {
		flight.failed(failure);
		if (fail(flight, Outcome.of(failure), failure)) {
			this.listeners.tellElsewhere((listener) -> listener.onFailed(failure));
		}
	}

	private boolean fail(Flight flight, Outcome outcome, TokenRequestException failure) {
		int failures = flight.failures();
		double part = this.random.nextDouble();
		Pause pause = new Pause(failure, failures, this.clocks.nanos(),
				this.policy.pause(failures, failure.getRetryAfter(), part),
				this.policy.coldPause(failures, failure.getRetryAfter(), part));
		TokenState before = this.state.end(flight, (current) -> current.withPause(pause));
		if (before == null) {
			return false;
		}
		if (outcome.timedOut()) {
			flight.abort();
		}
		endWith(flight, before.held(), outcome);
		this.keepWarm.wakeUpWhenDue();
		return true;
	}

	/**
	 * End a flight that brings no token. Where one can be used all the same, those who
	 * wait rejected it.
	 * @param flight the flight
	 * @param held the token at hand, usable or not
	 * @param outcome why the flight brings none
	 */
	private void endWith(Flight flight, @Nullable HeldToken held, Outcome outcome) {
		flight.end((held != null && this.clocks.isUsable(held)) ? Outcome.of(held.token()) : outcome, this.threads);
	}

	private static TokenRequestException unexpected(Throwable ex) {
		return new TokenRequestException(Reason.UNEXPECTED,
				"The token request failed unexpectedly: " + ex.getClass().getName(), ex);
	}

}
