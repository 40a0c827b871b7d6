// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.time.Instant;

/**
 * The time after a failed flight in which no other one starts. It is shorter where no
 * token is held, or one that was rejected, since calls fail meanwhile.
 *
 * @param failure what callers without a token are told meanwhile
 * @param failures the number of failed attempts without a success between them
 * @param startedAt when the pause began, in nanoseconds of the monotonic clock
 * @param length its length while a good token is held
 * @param coldLength its length while calls fail: none is held, or it was rejected
 */
record Pause(TokenRequestException failure, int failures, long startedAt, Duration length, Duration coldLength) {

	boolean isOn(long nanos, boolean cold) {
		return nanos - this.startedAt < length(cold).toNanos();
	}

	/**
	 * Return how much of it is left while a token is held.
	 * @param nanos the monotonic clock
	 * @return the time that is left, zero if it is over
	 */
	long left(long nanos) {
		return left(nanos, false);
	}

	TokenStatus.Failure status(long wallMillis, long nanos, boolean cold) {
		return new TokenStatus.Failure(this.failure, this.failures,
				Instant.ofEpochMilli(wallMillis).minusNanos(nanos - this.startedAt),
				Instant.ofEpochMilli(wallMillis).plusNanos(left(nanos, cold)));
	}

	private long left(long nanos, boolean cold) {
		return Math.max(0, length(cold).toNanos() - (nanos - this.startedAt));
	}

	private Duration length(boolean cold) {
		return cold ? this.coldLength : this.length;
	}

}
