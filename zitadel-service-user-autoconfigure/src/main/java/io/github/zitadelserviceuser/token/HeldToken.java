// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A token and the two ages that matter: until the first it is fresh, between the two it
 * is stale (used and refreshed), from the second on it is spent (not used any more). One
 * that a resource server rejected is stale at any age before the second.
 * <p>
 * One that both clocks showed fresh counts as fresh for the next millisecond of the
 * monotonic clock, so that a caller reads one clock, not two. What may be noticed late,
 * by that millisecond, is a wall clock that jumps ahead: the machine slept, or the clock
 * was set. A caller that looked just before that would send the token too.
 */
final class HeldToken {

	private static final long BETWEEN_WALL_CLOCK_READS = TimeUnit.MILLISECONDS.toNanos(1);

	private final AccessToken token;

	private final CompletableFuture<AccessToken> future;

	private final TokenTime requestedAt;

	private final TokenTime obtainedAt;

	private final long staleAfter;

	private final long spentAfter;

	private final boolean lifetimeKnown;

	private final boolean rejected;

	// What threads write here at the same time may differ, but all of it is right.
	private volatile long seenFreshUntil;

	HeldToken(AccessToken token, TokenTime requestedAt, TokenTime obtainedAt, Duration staleAfter, Duration spentAfter,
			boolean lifetimeKnown) {
		this(token, new HeldFuture(token), requestedAt, obtainedAt, staleAfter.toNanos(), spentAfter.toNanos(),
				lifetimeKnown, false);
	}

	private HeldToken(AccessToken token, CompletableFuture<AccessToken> future, TokenTime requestedAt,
			TokenTime obtainedAt, long staleAfter, long spentAfter, boolean lifetimeKnown, boolean rejected) {
		this.token = token;
		this.future = future;
		this.requestedAt = requestedAt;
		this.obtainedAt = obtainedAt;
		this.staleAfter = staleAfter;
		this.spentAfter = spentAfter;
		this.lifetimeKnown = lifetimeKnown;
		this.rejected = rejected;
		this.seenFreshUntil = obtainedAt.nanos();
	}

	HeldToken reject() {
		return new HeldToken(this.token, this.future, this.requestedAt, this.obtainedAt, this.staleAfter,
				this.spentAfter, this.lifetimeKnown, true);
	}

	AccessToken token() {
		return this.token;
	}

	/**
	 * Return the token as a future that is complete, always the same one.
	 * @return the shared future
	 */
	CompletableFuture<AccessToken> future() {
		return this.future;
	}

	boolean isRejected() {
		return this.rejected;
	}

	/**
	 * Return whether the server said how long the token lives.
	 * @return {@code false} if it is assumed
	 */
	boolean isLifetimeKnown() {
		return this.lifetimeKnown;
	}

	/**
	 * Return the age that the other methods ask for, in nanoseconds, counted from before
	 * the request left.
	 * @param wallMillis what the wall clock says
	 * @param nanos what the monotonic clock says
	 * @return the greater of both ages
	 */
	long age(long wallMillis, long nanos) {
		return this.requestedAt.nanosUntil(wallMillis, nanos);
	}

	/**
	 * Return whether the token is fresh, as a short while ago by both clocks.
	 * @param nanos what the monotonic clock says
	 * @return {@code false} if it is stale, or it takes both clocks to tell
	 */
	boolean wasSeenFresh(long nanos) {
		return nanos - this.seenFreshUntil < 0;
	}

	void seenFresh(long age, long nanos) {
		this.seenFreshUntil = nanos + Math.min(BETWEEN_WALL_CLOCK_READS, this.staleAfter - age);
	}

	boolean isFresh(long age) {
		return age < this.staleAfter && !this.rejected;
	}

	boolean isUsable(long age) {
		return age < this.spentAfter;
	}

	long heldFor(long wallMillis, long nanos) {
		return this.obtainedAt.nanosUntil(wallMillis, nanos);
	}

	TokenStatus.Held status(long wallMillis, long nanos) {
		long age = age(wallMillis, nanos);
		Instant now = Instant.ofEpochMilli(wallMillis);
		return new TokenStatus.Held(this.token.issuedAt(), now.plusNanos(this.staleAfter - age),
				now.plusNanos(this.spentAfter - age), this.token.expiresAt(), this.rejected, isFresh(age),
				isUsable(age));
	}

	long untilNotFresh(long age) {
		return this.rejected ? 0 : Math.max(0, this.staleAfter - age);
	}

	/**
	 * A complete future which every caller is given and none can change. Whatever depends
	 * on it is a future of the caller's own.
	 */
	private static final class HeldFuture extends CompletableFuture<AccessToken> {

		private HeldFuture(AccessToken token) {
			complete(token);
		}

		@Override
		public <U> CompletableFuture<U> newIncompleteFuture() {
			return new CompletableFuture<>();
		}

		@Override
		public void obtrudeValue(AccessToken value) {
			throw new UnsupportedOperationException("This token is shared by all callers");
		}

		@Override
		public void obtrudeException(Throwable ex) {
			throw new UnsupportedOperationException("This token is shared by all callers");
		}

	}

}
