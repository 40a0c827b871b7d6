// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * All that a {@link RefreshingTokenSource} remembers.
 *
 * @param held the token at hand, usable or not
 * @param flight the flight under way
 * @param pause the pause since the last flight failed, which may be over
 * @param closed whether no flight starts any more
 * @param forgetful whether the token that the flight brings is for those who wait alone
 */
record TokenState(@Nullable HeldToken held, @Nullable Flight flight, @Nullable Pause pause, boolean closed,
		boolean forgetful) {

	static final TokenState EMPTY = new TokenState(null, null, null, false, false);

	TokenState take(Flight flight) {
		return new TokenState(this.held, flight, this.pause, this.closed, false);
	}

	TokenState withToken(HeldToken held) {
		return new TokenState(this.forgetful ? null : held, null, null, this.closed, false);
	}

	TokenState withPause(Pause pause) {
		return new TokenState(this.held, null, pause, this.closed, false);
	}

	TokenState reject(HeldToken held) {
		return new TokenState(held.reject(), this.flight, this.pause, this.closed, this.forgetful);
	}

	TokenState forget() {
		return new TokenState(null, this.flight, null, this.closed, this.flight != null);
	}

	TokenState close() {
		return new TokenState(this.held, null, this.pause, true, false);
	}

	TokenStatus status(long wallMillis, long nanos) {
		boolean usable = this.held != null && this.held.isUsable(this.held.age(wallMillis, nanos));
		return new TokenStatus((this.held != null) ? this.held.status(wallMillis, nanos) : null, this.flight != null,
				(this.pause != null) ? this.pause.status(wallMillis, nanos, isCold(usable)) : null);
	}

	/**
	 * Return why no flight starts.
	 * @param nanos the monotonic clock
	 * @param usable whether what is held can be used
	 * @return the failure after which there is a pause, or {@code null} if there is none
	 */
	@Nullable TokenRequestException failureOfPause(long nanos, boolean usable) {
		return (this.pause != null && this.pause.isOn(nanos, isCold(usable))) ? this.pause.failure() : null;
	}

	/**
	 * Return whether calls fail until there is another token: those with a rejected one
	 * do, at one resource server at least.
	 * @param usable whether what is held can be used
	 * @return whether pauses are short
	 */
	private boolean isCold(boolean usable) {
		return !usable || (this.held != null && this.held.isRejected());
	}

	int failures() {
		return (this.pause != null) ? this.pause.failures() : 0;
	}

	/**
	 * Return how long it is until a refresh is due. While nothing can be used, that is
	 * the long pause: without a caller there is no call that fails meanwhile.
	 * @param wallMillis the wall clock
	 * @param nanos the monotonic clock
	 * @return the time until then, zero if it is due
	 */
	Duration untilRefresh(long wallMillis, long nanos) {
		long fresh = (this.held != null) ? this.held.untilNotFresh(this.held.age(wallMillis, nanos)) : 0;
		long paused = (this.pause != null) ? this.pause.left(nanos) : 0;
		return Duration.ofNanos(Math.max(fresh, paused));
	}

}
