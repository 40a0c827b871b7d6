// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
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
 * <li>After a failed flight no request is made until a pause is over. A held token is
 * returned meanwhile; without one, callers get the failure at once. No failure outlives
 * its pause.</li>
 * <li>A rejected token is returned as a stale one is, until it is replaced or spent: it
 * may have been rejected by the fault of one resource server, and be good for the others,
 * whose callers do not wait for that. Only those who rejected it wait for the flight, and
 * get the same token back if another cannot be had.</li>
 * <li>A flight that ends first changes the state and then completes its future, so that
 * whoever asks because of it sees what it brought.</li>
 * </ul>
 * A flight repeats an attempt that failed for a passing reason only while nothing usable
 * is held, that is, while callers wait who have no token to send.
 *
 * @since 0.1.0
 */
public final class RefreshingTokenSource implements TokenSource, AutoCloseable {

	private static final CallerContext NOBODY = UnaryOperator::identity;

	private final CurrentState state = new CurrentState();

	private final RefreshPolicy policy;

	private final BackgroundTasks tasks;

	private final Clocks clocks;

	private final BooleanSupplier nonBlockingThread;

	private final CallerContext callerContext;

	private final Listeners listeners;

	private final KeepWarm keepWarm;

	private final FlightEngine engine;

	RefreshingTokenSource(RefreshingTokenSourceBuilder builder) {
		this.policy = builder.policy;
		this.tasks = (builder.tasks != null) ? builder.tasks : new DaemonBackgroundTasks("service-user-token");
		this.clocks = new Clocks(builder.clock, builder.nanoTime);
		this.nonBlockingThread = builder.nonBlockingThread;
		this.callerContext = builder.callerContext;
		this.listeners = new Listeners(builder.listeners, this.tasks);
		this.keepWarm = new KeepWarm(builder.policy.keepWarm(), this.state, this.tasks, this.clocks,
				this::callOfNobody);
		this.engine = new FlightEngine(builder, this.state, this.tasks, this.clocks, this.listeners, this.keepWarm);
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
		return get(this.callerContext, Flight::join);
	}

	private CompletableFuture<AccessToken> get(CallerContext context,
			Function<Flight, CompletableFuture<AccessToken>> wait) {
		TokenState current = this.state.get();
		HeldToken held = current.held();
		if (held != null) {
			long nanos = this.clocks.nanos();
			if (held.wasSeenFresh(nanos)) {
				return held.future();
			}
			long age = held.age(this.clocks.millis(), nanos);
			if (held.isFresh(age)) {
				held.seenFresh(age, nanos);
				return held.future();
			}
			if (held.isUsable(age)) {
				refresh(current);
				return held.future();
			}
		}
		return obtain(null, context, wait);
	}

	@Override
	public boolean hasToken() {
		HeldToken held = this.state.get().held();
		return held != null && this.clocks.isUsable(held);
	}

	@Override
	public AccessToken await() {
		CompletableFuture<AccessToken> future = get(this.callerContext, Flight::awaited);
		if (!future.isDone() && this.nonBlockingThread.getAsBoolean()) {
			throw new IllegalStateException("No token is held, and thread '" + Thread.currentThread().getName()
					+ "' must not block until there is one; use TokenSource.get() there, or a WebClient");
		}
		try {
			return future.get();
		}
		catch (ExecutionException ex) {
			throw ((ex.getCause() instanceof TokenRequestException failure) ? failure : unexpected(ex)).forCaller();
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
				return obtain(token, this.callerContext, Flight::join);
			}
			if (held.heldFor(this.clocks.millis(), this.clocks.nanos()) < this.policy.shortestHold().toNanos()) {
				return this.clocks.isUsable(held) ? held.future() : obtain(token, this.callerContext, Flight::join);
			}
			if (this.state.change(current, current.reject(held))) {
				CompletableFuture<AccessToken> another = obtain(token, this.callerContext, Flight::join);
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
		this.state.change(TokenState::forget);
		this.keepWarm.wakeUpWhenDue();
	}

	/**
	 * End the flight, if there is one, and start no other. A held token is served as long
	 * as it can be used, to those who still call out while the application shuts down.
	 */
	@Override
	public void close() {
		TokenState before = this.state.change(TokenState::close);
		if (before.flight() != null) {
			this.engine.answer(before.flight(), before.held(), closed());
		}
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
	 * Nobody waits for this: whatever stands in its way now, a later caller tries again.
	 * @param current the state that was found
	 */
	private void refresh(TokenState current) {
		if (current.flight() == null && !current.closed() && !isPaused(current, false)) {
			this.engine.start(current, NOBODY.capture());
		}
	}

	/**
	 * Return a token at any price but that of a request within a pause.
	 * @param unwanted the token that the caller has sent already, which is returned only
	 * where no other can be had
	 * @param context what of the caller goes along
	 * @param wait what the caller waits for
	 * @return the token, the outcome of the flight, or the failure of the last one
	 */
	private CompletableFuture<AccessToken> obtain(@Nullable AccessToken unwanted, CallerContext context,
			Function<Flight, CompletableFuture<AccessToken>> wait) {
		while (true) {
			TokenState current = this.state.get();
			HeldToken held = current.held();
			HeldToken usable = (held != null && this.clocks.isUsable(held)) ? held : null;
			if (usable != null && !usable.token().equals(unwanted)) {
				return usable.future();
			}
			if (current.flight() != null) {
				return wait.apply(current.flight());
			}
			Pause pause = current.pause();
			if (current.closed() || isPaused(current, usable == null)) {
				return (usable != null) ? usable.future() : CompletableFuture
					.failedFuture((current.closed() || pause == null) ? closed() : pause.failure());
			}
			Flight flight = this.engine.start(current, context.capture());
			if (flight != null) {
				return wait.apply(flight);
			}
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // it is for the next caller
	private void callOfNobody() {
		get(NOBODY, Flight::awaited);
	}

	private boolean isPaused(TokenState current, boolean cold) {
		Pause pause = current.pause();
		return pause != null && pause.isOn(this.clocks.nanos(), cold);
	}

	private static TokenRequestException unexpected(Throwable ex) {
		return new TokenRequestException(Reason.UNEXPECTED,
				"The token request failed unexpectedly: " + ex.getClass().getName(), ex);
	}

	private static TokenRequestException closed() {
		return new TokenRequestException(Reason.CANCELLED,
				"The source of tokens is closed: the application shuts down");
	}

}
