// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Two readings of time taken together. A clock that is set back makes a token look
 * younger than it is, and so does a machine that slept, to the monotonic clock. Neither
 * does so to the other of the two, so that the greater of both ages is right in either
 * case. A clock set forward makes a token look older: that costs one refresh, no call.
 *
 * @param wallMillis milliseconds since 1970 as the wall clock has it
 * @param nanos nanoseconds of the monotonic clock, from an arbitrary origin
 */
record TokenTime(long wallMillis, long nanos) {

	long nanosUntil(long laterWallMillis, long laterNanos) {
		long byWallClock = TimeUnit.MILLISECONDS.toNanos(laterWallMillis - this.wallMillis);
		return Math.max(byWallClock, laterNanos - this.nanos);
	}

	/**
	 * Return by how much the two clocks disagree on the time that passed.
	 * @param later a later reading
	 * @return the difference, which is not negative
	 */
	Duration disagreement(TokenTime later) {
		long byWallClock = TimeUnit.MILLISECONDS.toNanos(later.wallMillis - this.wallMillis);
		return Duration.ofNanos(byWallClock - (later.nanos - this.nanos)).abs();
	}

	Instant instant() {
		return Instant.ofEpochMilli(this.wallMillis);
	}

}
