// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

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

	private static final Logger LOGGER = System.getLogger(RefreshingTokenSource.class.getName());

	private static final AtomicReferenceFieldUpdater<RefreshingTokenSource, TokenState> STATE = AtomicReferenceFieldUpdater
		.newUpdater(RefreshingTokenSource.class, TokenState.class, "state");

	private static final CallerContext NOBODY = UnaryOperator::identity;

	private volatile TokenState state = TokenState.EMPTY;

	private final CountedGrant grant;

	private final TokenAcceptance acceptance;

	private final RefreshPolicy policy;

	private final List<TokenListener> listeners;

	private final BackgroundTasks tasks;

	private final Clock clock;

	private final LongSupplier nanoTime;

	private final RandomGenerator random;

	private final BooleanSupplier nonBlockingThread;

	private final CallerContext callerContext;

	private volatile @Nullable Future<?> wakeUp;

	RefreshingTokenSource(RefreshingTokenSourceBuilder builder) {
		this.grant = new CountedGrant(builder.grant);
		this.acceptance = new TokenAcceptance(builder.policy, builder.random);
		this.policy = builder.policy;
		this.listeners = List.copyOf(builder.listeners);
		this.tasks = (builder.tasks != null) ? builder.tasks : new DaemonBackgroundTasks("service-user-token");
		this.clock = builder.clock;
		this.nanoTime = builder.nanoTime;
		this.random = builder.random;
		this.nonBlockingThread = builder.nonBlockingThread;
		this.callerContext = builder.callerContext;
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
		TokenState current = this.state;
		HeldToken held = current.held();
		if (held != null) {
			long nanos = this.nanoTime.getAsLong();
			if (held.wasSeenFresh(nanos)) {
				return held.future();
			}
			long age = held.age(this.clock.millis(), nanos);
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
		HeldToken held = this.state.held();
		return held != null && held.isUsable(age(held));
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
			TokenState current = this.state;
			HeldToken held = current.held();
			if (held == null || held.isRejected() || current.closed() || !held.token().equals(token)) {
				return obtain(token, this.callerContext, Flight::join);
			}
			if (held.heldFor(this.clock.millis(), this.nanoTime.getAsLong()) < this.policy.shortestHold().toNanos()) {
				return held.isUsable(age(held)) ? held.future() : obtain(token, this.callerContext, Flight::join);
			}
			if (STATE.compareAndSet(this, current, current.reject(held))) {
				CompletableFuture<AccessToken> another = obtain(token, this.callerContext, Flight::join);
				tell((listener) -> listener.onRejected(token));
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
		STATE.updateAndGet(this, TokenState::forget);
		wakeUpWhenDue();
	}

	/**
	 * End the flight, if there is one, and start no other. A held token is served as long
	 * as it can be used, to those who still call out while the application shuts down.
	 */
	@Override
	public void close() {
		TokenState before = STATE.getAndUpdate(this, TokenState::close);
		if (before.flight() != null) {
			land(before.flight(), before.held(), closed());
		}
		this.tasks.close();
	}

	/**
	 * Return what is held and what is under way. This method causes no token request.
	 * @return a snapshot
	 */
	public TokenStatus status() {
		return this.state.status(this.clock.millis(), this.nanoTime.getAsLong());
	}

	@Override
	public String toString() {
		HeldToken held = this.state.held();
		return "RefreshingTokenSource[" + ((held != null) ? held.token() : "no token") + "]";
	}

	/**
	 * Nobody waits for this: whatever stands in its way now, a later caller tries again.
	 * @param current the state that was found
	 */
	private void refresh(TokenState current) {
		if (current.flight() == null && !current.closed() && !isPaused(current, false)) {
			start(current, NOBODY.capture());
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
			TokenState current = this.state;
			HeldToken held = current.held();
			HeldToken usable = (held != null && held.isUsable(age(held))) ? held : null;
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
			Flight flight = start(current, context.capture());
			if (flight != null) {
				return wait.apply(flight);
			}
		}
	}

	/**
	 * Start a flight.
	 * @param current the state that was found
	 * @param context what of the caller who waits for it goes along
	 * @return the flight, or {@code null} if the state is another one by now
	 */
	private @Nullable Flight start(TokenState current, UnaryOperator<Runnable> context) {
		Flight flight = new Flight(this.nanoTime.getAsLong(), current.failures(), context);
		if (!STATE.compareAndSet(this, current, current.take(flight))) {
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
			land(flight, hanging);
			return;
		}
		FutureTask<?> attempt = new FutureTask<>(flight.inContext(() -> attempt(flight)), flight);
		flight.attemptIn(attempt);
		this.tasks.run(attempt);
	}

	private void attempt(Flight flight) {
		if (!isUnderWay(flight)) {
			return;
		}
		// Read before the request leaves: a slow answer does not lengthen a token's life.
		TokenTime requestedAt = now();
		try {
			land(flight, this.acceptance.accept(this.grant.request(), requestedAt, now()));
		}
		catch (TokenRequestException ex) {
			failed(flight, ex);
		}
		catch (Throwable ex) {
			// Even an Error ends the flight: there can be no other one before that.
			failed(flight, unexpected(ex));
		}
	}

	/**
	 * Repeat the attempt if callers wait, the failure is a passing one, and there is time
	 * left for it. Otherwise land. Listeners are told when what comes next is on its way:
	 * one that takes its time, or waits for what waits for the token, holds up nobody.
	 * @param flight the flight
	 * @param failure why the attempt failed
	 */
	private void failed(Flight flight, TokenRequestException failure) {
		if (!isUnderWay(flight)) {
			return;
		}
		flight.failed(failure);
		HeldToken held = this.state.held();
		boolean awaited = held == null || !held.isUsable(age(held));
		Duration delay = this.policy.coldPause(flight.failures(), failure.getRetryAfter(), this.random.nextDouble());
		Duration flown = Duration.ofNanos(this.nanoTime.getAsLong() - flight.startedAt());
		if (awaited && flight.attempts(failure.getReason()) <= failure.getReason().repetitions()
				&& flown.plus(delay).compareTo(this.policy.tokenTimeout()) < 0) {
			proceed(flight,
					() -> flight.repeatIn(this.tasks.schedule(() -> proceed(flight, () -> depart(flight)), delay)));
			tell((listener) -> listener.onFailed(failure));
		}
		else {
			land(flight, failure);
		}
	}

	private void timeOut(Flight flight) {
		if (!isUnderWay(flight)) {
			return;
		}
		TokenRequestException last = flight.lastFailure();
		TokenRequestException failure = new TokenRequestException(Reason.TIMEOUT,
				"No token within " + this.policy.tokenTimeout().toMillis()
						+ " ms, which is how long a call waits for one ('token-timeout')"
						+ ((last != null) ? ". Before that: " + last.getMessage() : ""),
				last);
		flight.failed(failure);
		if (landed(flight, failure)) {
			flight.abort();
			tellElsewhere(failure);
		}
	}

	/**
	 * The thread of the timer is the one that ends every wait: it does not wait for a
	 * listener.
	 * @param failure what to tell
	 */
	private void tellElsewhere(TokenRequestException failure) {
		try {
			this.tasks.run(() -> tell((listener) -> listener.onFailed(failure)));
		}
		catch (RuntimeException | Error ex) {
			tell((listener) -> listener.onFailed(failure));
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
			land(flight, failure);
		}
	}

	private void land(Flight flight, HeldToken held) {
		TokenState before = land(flight, (current) -> current.landed(held));
		if (before != null) {
			boolean replaced = before.held() != null && before.held().isUsable(age(before.held()));
			flight.land(held.token());
			wakeUpWhenDue();
			tell((listener) -> {
				if (replaced) {
					listener.onRefreshed(held.token());
				}
				else {
					listener.onObtained(held.token());
				}
			});
		}
	}

	private void land(Flight flight, TokenRequestException failure) {
		if (landed(flight, failure)) {
			tell((listener) -> listener.onFailed(failure));
		}
	}

	private boolean landed(Flight flight, TokenRequestException failure) {
		int failures = flight.failures();
		double part = this.random.nextDouble();
		Pause pause = new Pause(failure, failures, this.nanoTime.getAsLong(),
				this.policy.pause(failures, failure.getRetryAfter(), part),
				this.policy.coldPause(failures, failure.getRetryAfter(), part));
		TokenState before = land(flight, (current) -> current.landed(pause));
		if (before == null) {
			return false;
		}
		land(flight, before.held(), failure);
		wakeUpWhenDue();
		return true;
	}

	/**
	 * Answer those who wait for a flight that has failed. Where a token can be used all
	 * the same, they rejected it.
	 * @param flight the flight
	 * @param held the token at hand, usable or not
	 * @param failure why it failed
	 */
	private void land(Flight flight, @Nullable HeldToken held, TokenRequestException failure) {
		if (held != null && held.isUsable(age(held))) {
			flight.land(held.token());
		}
		else {
			flight.land(failure);
		}
	}

	/**
	 * End the flight in the state.
	 * @param flight the flight
	 * @param transition from the state with the flight to the one without
	 * @return the state before, or {@code null} if the flight had ended already
	 */
	private @Nullable TokenState land(Flight flight, UnaryOperator<TokenState> transition) {
		while (true) {
			TokenState current = this.state;
			if (current.flight() != flight) {
				return null;
			}
			if (STATE.compareAndSet(this, current, transition.apply(current))) {
				return current;
			}
		}
	}

	/**
	 * With {@link RefreshPolicy#keepWarm()}, be a caller at the moment when one would
	 * cause a flight. This comes ahead of the listeners, who may take their time.
	 */
	private void wakeUpWhenDue() {
		TokenState current = this.state;
		if (!this.policy.keepWarm() || current.closed() || current.flight() != null) {
			return;
		}
		Future<?> earlier = this.wakeUp;
		if (earlier != null) {
			earlier.cancel(false);
		}
		try {
			this.wakeUp = this.tasks.schedule(this::wakeUp,
					current.untilRefresh(this.clock.millis(), this.nanoTime.getAsLong()));
		}
		catch (RuntimeException | Error ex) {
			// Closed just now, or no thread to be had: the next flight tries again.
			this.wakeUp = null;
		}
	}

	/**
	 * A flight that this starts sees to the next wake-up when it ends. There is none
	 * where the clock was set back meanwhile, so that it is still too early.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // it is for the next caller
	private void wakeUp() {
		get(NOBODY, Flight::awaited);
		wakeUpWhenDue();
	}

	private boolean isUnderWay(Flight flight) {
		return this.state.flight() == flight;
	}

	private boolean isPaused(TokenState current, boolean cold) {
		Pause pause = current.pause();
		return pause != null && pause.isOn(this.nanoTime.getAsLong(), cold);
	}

	private TokenTime now() {
		return new TokenTime(this.clock.millis(), this.nanoTime.getAsLong());
	}

	private long age(HeldToken held) {
		return held.age(this.clock.millis(), this.nanoTime.getAsLong());
	}

	private void tell(Consumer<TokenListener> event) {
		for (TokenListener listener : this.listeners) {
			try {
				event.accept(listener);
			}
			catch (RuntimeException | Error ex) {
				// Not to the handler of uncaught exceptions, which may end the process.
				LOGGER.log(Level.WARNING, "A listener to the events of the token failed: " + listener, ex);
			}
		}
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
