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

	private final BooleanSupplier nonBlockingThread;

	private final OwnThreads threads;

	private final HarmlessContext callerContext;

	private final Listeners listeners;

	private final KeepWarm keepWarm;

	private final FlightEngine engine;

	RefreshingTokenSource(RefreshingTokenSourceBuilder builder) {
		this.policy = builder.policy;
		this.tasks = (builder.tasks != null) ? builder.tasks : new DaemonBackgroundTasks("service-user-token");
		this.clocks = new Clocks(builder.clock, builder.nanoTime);
		this.nonBlockingThread = builder.nonBlockingThread;
		ForeignFailures failures = new ForeignFailures();
		this.threads = new OwnThreads(this.tasks);
		this.callerContext = new HarmlessContext(builder.callerContext, failures);
		this.listeners = new Listeners(builder.listeners, this.threads, failures);
		this.keepWarm = new KeepWarm(builder.policy.keepWarm(), this.state, this.threads, this.clocks,
				this::callOfNobody);
		this.engine = new FlightEngine(builder, this.state, this.unknownLifetime, this.threads, this.clocks,
				this.callerContext, this.listeners, this.keepWarm);
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
		return (held != null) ? held.future() : join(null);
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
		long since = this.clocks.nanos();
		Answer answer = ask(null, this.callerContext::capture, null);
		try {
			return (answer instanceof Flight flight) ? await(flight, since) : ((Outcome) answer).orThrow();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TokenRequestException(Reason.CANCELLED, "Interrupted while waiting for a token", ex);
		}
	}

	@Override
	public CompletableFuture<AccessToken> reject(AccessToken token) {
		while (true) {
			TokenState current = this.state.get();
			HeldToken held = current.held();
			if (held == null || held.isRejected() || current.closed() || !held.token().equals(token)) {
				return join(token);
			}
			if (isTooYoung(held)) {
				return this.clocks.isUsable(held) ? held.future() : join(token);
			}
			if (this.state.compareAndSet(current, current.reject(held))) {
				CompletableFuture<AccessToken> another = join(token);
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
			this.engine.cancel(before.flight(), before.held(), closed());
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
			this.engine.start(current, NOBODY);
		}
	}

	private void callOfNobody() {
		if (atHand() == null) {
			ask(null, () -> NOBODY, null);
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

	private CompletableFuture<AccessToken> join(@Nullable AccessToken unwanted) {
		Wait wait = new Wait(unwanted, this.clocks.nanos(), this::carryOver);
		join(wait, ask(unwanted, this.callerContext::capture, null));
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
	private Answer ask(@Nullable AccessToken unwanted, Supplier<UnaryOperator<Runnable>> context,
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

	private static TokenRequestException closed() {
		return new TokenRequestException(Reason.CANCELLED,
				"The source of tokens is closed: the application shuts down");
	}

}
