// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a valid token at hand: the whole life of a token, in one place, for blocking and
 * non-blocking callers alike.
 * <p>
 * There is one immutable {@link TokenState state}, and each transition is one
 * compare-and-set of it. What holds at any time:
 * <ul>
 * <li>There is at most one flight, that is, one token request whose answer is awaited,
 * whoever asks and however often. An attempt that took too long is interrupted and
 * abandoned; where it ignores that, it still runs beside the next one, and its answer
 * changes nothing. Once eight of them hang, no other is made until one has ended.</li>
 * <li>A fresh token is returned as it is. A stale one is returned too, and one caller
 * starts a flight that nobody waits for. Otherwise all callers wait for the one flight.
 * </li>
 * <li>No token is returned after its margin before the end, by either clock. A jump of
 * the wall clock is noticed within a millisecond.</li>
 * <li>Every flight ends: with an answer, or at the latest after
 * {@link RefreshPolicy#tokenTimeout()}; and with it the wait of every caller who joined
 * it. A caller that gives up earlier ends its own wait only.</li>
 * <li>Each caller has that time for itself. Whoever joined late a flight that took too
 * long, and has a fifth of the time left, waits on for the next flight, which starts at
 * once, and fails at the end of its own time. Nobody waits longer than that.</li>
 * <li>After any other failed flight no request is made until a pause is over. A held
 * token is returned meanwhile; without one, callers get the failure at once. No failure
 * outlives its pause.</li>
 * <li>A rejected token is returned as a stale one is, until it is replaced or spent: it
 * may have been rejected by the fault of one resource server, and be good for the others,
 * whose callers do not wait for that. Only those who rejected it wait for the flight, and
 * get the same token back if another cannot be had.</li>
 * <li>A flight that ends first changes the state and then completes its future, so that
 * whoever asks because of it sees what it brought. One that took too long is aborted
 * before that.</li>
 * <li>The code of others runs on no thread on which something else depends: dependents of
 * the futures and listeners neither on the one of the timer nor, dependents, on the one
 * that requests the token; and {@link #await()} is refused there. What that code throws
 * harms nobody.</li>
 * </ul>
 * A flight repeats an attempt that failed for a passing reason only while nothing usable
 * is held, that is, while callers wait who have no token to send.
 *
 * @since 0.1.0
 */
public final class RefreshingTokenSource implements TokenSource, AutoCloseable {

	private static final UnaryOperator<Runnable> NOBODY = UnaryOperator.identity();

	private final CurrentState state = new CurrentState();

	private final UnknownLifetime unknownLifetime = new UnknownLifetime(RefreshPolicy.UNKNOWN_LIFETIME);

	private final RefreshPolicy policy;

	private final BackgroundTasks tasks;

	private final Clocks clocks;

	private final Listeners listeners;

	private final KeepWarm keepWarm;

	private final FlightEngine engine;

	private final Callers callers;

	RefreshingTokenSource(RefreshingTokenSourceBuilder builder) {
		this.policy = builder.policy;
		this.tasks = (builder.tasks != null) ? builder.tasks : new DaemonBackgroundTasks("service-user-token");
		this.clocks = new Clocks(builder.clock, builder.nanoTime);
		ForeignFailures failures = new ForeignFailures();
		OwnThreads threads = new OwnThreads(this.tasks);
		HarmlessContext callerContext = new HarmlessContext(builder.callerContext, failures);
		this.listeners = new Listeners(builder.listeners, threads, failures);
		this.keepWarm = new KeepWarm(builder.policy.keepWarm(), this.state, threads, this.clocks, this::callOfNobody);
		this.engine = new FlightEngine(builder, this.state, this.unknownLifetime, threads, this.clocks, callerContext,
				this.listeners, this.keepWarm);
		this.callers = new Callers(builder, this.state, threads, this.clocks, callerContext, this.engine);
	}

	/**
	 * Start to build a source of tokens.
	 * @param grant how to request a token
	 * @return a builder with the defaults of {@link RefreshPolicy}
	 */
	public static RefreshingTokenSourceBuilder builder(TokenGrant grant) {
		return new RefreshingTokenSourceBuilder(grant);
	}

	@Override
	public CompletableFuture<AccessToken> get() {
		HeldToken held = atHand();
		return (held != null) ? held.future() : this.callers.join(null);
	}

	@Override
	public boolean hasToken() {
		HeldToken held = this.state.get().held();
		return held != null && this.clocks.isUsable(held);
	}

	@Override
	public AccessToken await() {
		HeldToken held = atHand();
		if (held != null) {
			return held.token();
		}
		return this.callers.await();
	}

	@Override
	public CompletableFuture<AccessToken> reject(AccessToken token) {
		while (true) {
			TokenState current = this.state.get();
			HeldToken held = current.held();
			if (held == null || held.isRejected() || current.closed() || !held.token().equals(token)) {
				return this.callers.join(token);
			}
			if (isTooYoung(held)) {
				return this.clocks.isUsable(held) ? held.future() : this.callers.join(token);
			}
			if (this.state.compareAndSet(current, current.reject(held))) {
				CompletableFuture<AccessToken> another = this.callers.join(token);
				this.listeners.tell((listener) -> listener.onRejected(token));
				return another;
			}
		}
	}

	/**
	 * Forget the held token and the last failure. What a request that is under way brings
	 * is for those who wait for it, and is not held. The token itself stays valid:
	 * ZITADEL does not let a service user revoke it.
	 */
	public void forget() {
		this.state.getAndUpdate(TokenState::forget);
		this.keepWarm.wakeUpWhenDue();
	}

	/**
	 * End the flight, if there is one, and start no other. A held token is served as long
	 * as it can be used, to those who still call out while the application shuts down.
	 */
	@Override
	public void close() {
		TokenState before = this.state.getAndUpdate(TokenState::close);
		if (before.flight() != null) {
			this.engine.cancel(before.flight(), before.held(), Callers.closed());
		}
		this.keepWarm.stop();
		this.tasks.close();
	}

	/**
	 * Return what is held and what is under way. This method causes no token request.
	 * @return a snapshot
	 */
	public TokenStatus status() {
		return this.state.get().status(this.clocks.millis(), this.clocks.nanos());
	}

	@Override
	public String toString() {
		HeldToken held = this.state.get().held();
		return "RefreshingTokenSource[" + ((held != null) ? held.token() : "no token") + "]";
	}

	/**
	 * Return the token that is had without waiting, which a flight replaces that nobody
	 * waits for if it is stale.
	 * @return the token, or {@code null} if it takes a flight to have one
	 */
	private @Nullable HeldToken atHand() {
		TokenState current = this.state.get();
		HeldToken held = current.held();
		if (held == null) {
			return null;
		}
		long nanos = this.clocks.nanos();
		if (held.wasSeenFresh(nanos)) {
			return held;
		}
		long age = held.age(this.clocks.millis(), nanos);
		if (held.isFresh(age)) {
			held.seenFresh(age, nanos);
			return held;
		}
		if (held.isUsable(age)) {
			refresh(current);
			return held;
		}
		return null;
	}

	/**
	 * Nobody waits for this: whatever stands in its way now, a later caller tries again.
	 * @param current the state that was found
	 */
	private void refresh(TokenState current) {
		if (current.flight() == null && !current.closed()
				&& current.failureOfPause(this.clocks.nanos(), true) == null) {
			this.engine.startInBackground(current);
		}
	}

	private void callOfNobody() {
		if (atHand() == null) {
			this.callers.ask(null, () -> NOBODY, null);
		}
	}

	/**
	 * Return whether another token could do no better than one that was rejected.
	 * @param held the token that was rejected
	 * @return whether it is kept
	 */
	private boolean isTooYoung(HeldToken held) {
		long millis = this.clocks.millis();
		long nanos = this.clocks.nanos();
		return !this.unknownLifetime.hasEnded(held, held.age(millis, nanos), nanos)
				&& held.heldFor(millis, nanos) < this.policy.shortestHold().toNanos();
	}

}
