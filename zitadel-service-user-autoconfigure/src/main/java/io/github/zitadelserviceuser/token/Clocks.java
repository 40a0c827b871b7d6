// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * The wall clock and the monotonic clock of one source of tokens.
 *
 * @param wall the wall clock
 * @param nanoTime the monotonic clock, in nanoseconds
 */
record Clocks(Clock wall, LongSupplier nanoTime) {

	long millis() {
		return this.wall.millis();
	}

	long nanos() {
		return this.nanoTime.getAsLong();
	}

	TokenTime now() {
		return new TokenTime(millis(), nanos());
	}

	long age(HeldToken held) {
		return held.age(millis(), nanos());
	}

	boolean isUsable(HeldToken held) {
		return held.isUsable(age(held));
	}

}
