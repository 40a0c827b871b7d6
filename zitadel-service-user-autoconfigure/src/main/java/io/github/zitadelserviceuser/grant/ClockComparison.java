// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The clock here beside that of the server, at the moment when an answer came.
 *
 * @param here the time here
 * @param there the {@code Date} of the answer, if it has one
 */
record ClockComparison(Instant here, @Nullable Instant there) {

	/**
	 * A {@code Date} has whole seconds and is older than its answer, by as long as that
	 * was on its way. Less than this is no cause for a refusal.
	 */
	private static final Duration RIGHT = Duration.ofSeconds(50);

	/**
	 * What is further off is not corrected for. A {@code Date} is not proven by anything,
	 * and ZITADEL remembers no assertion that was used: one that is dated a year ahead
	 * would be a password, for that time, of whoever got hold of it.
	 */
	private static final Duration CORRECTED_AT_MOST = Duration.ofDays(1);

	boolean isOff() {
		return behind().abs().compareTo(RIGHT) >= 0;
	}

	/**
	 * Return what to add to the clock here from now on.
	 * @param used what was added to it for the assertion that was refused
	 * @return the same if it is still right, something else, or zero
	 */
	Duration correction(Duration used) {
		Duration behind = behind();
		if (!isOff() || behind.abs().compareTo(CORRECTED_AT_MOST) > 0) {
			return Duration.ZERO;
		}
		return (behind.minus(used).abs().compareTo(RIGHT) < 0) ? used : behind;
	}

	/**
	 * Return the time at which the server judged.
	 */
	Instant judgedAt() {
		return (this.there != null) ? this.there : this.here;
	}

	private Duration behind() {
		return (this.there != null) ? Duration.between(this.here, this.there) : Duration.ZERO;
	}

	@Override
	public String toString() {
		if (this.there == null) {
			return this.here + ", and the server gives no 'Date' to compare it with";
		}
		if (!isOff()) {
			return this.here + ", which agrees with the server's 'Date' " + this.there;
		}
		return this.here + ", which is " + describe(behind()) + " the server's 'Date' " + this.there;
	}

	/**
	 * Say where a clock is.
	 * @param behind what is to be added to it
	 * @return such as "120 s ahead of"
	 */
	static String describe(Duration behind) {
		return behind.abs().toSeconds() + " s " + (behind.isNegative() ? "ahead of" : "behind");
	}

}
