// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.fleet;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.github.zitadelserviceuser.token.RefreshPolicy;

/**
 * What a fleet goes through.
 *
 * @param instances the number of instances
 * @param startedWithin the time in which all of them start, at random
 * @param jitter whether refreshes and pauses have a random part
 * @param backOff whether the pause after a failure grows
 * @param outageFrom when the token endpoint begins to fail
 * @param outageTo when it ceases to
 * @param end how long to watch
 */
record Scenario(int instances, Duration startedWithin, boolean jitter, boolean backOff, Duration outageFrom,
		Duration outageTo, Duration end) {

	/** What ZITADEL gives by default. */
	static final Duration TOKEN_LIFETIME = Duration.ofSeconds(43199);

	/**
	 * Instances that start within ten seconds, and an outage of the hour in which the
	 * first token of each is due for a refresh.
	 */
	static Scenario of(int instances, boolean jitter, boolean backOff) {
		return new Scenario(instances, Duration.ofSeconds(10), jitter, backOff, Duration.ofHours(9),
				Duration.ofHours(10), Duration.ofHours(36));
	}

	/**
	 * With warm tokens each instance refreshes as soon as it may, as under a load where
	 * there is a call at any moment. That is the worst case: less traffic spreads the
	 * refreshes further.
	 */
	RefreshPolicy policy() {
		RefreshPolicy defaults = RefreshPolicy.defaults();
		Duration firstPause = defaults.firstPause();
		return new RefreshPolicy(defaults.refreshAt(), this.jitter ? defaults.refreshJitter() : 0,
				defaults.expiryMargin(), firstPause, this.backOff ? defaults.longestPause() : firstPause,
				this.backOff ? defaults.longestColdPause() : firstPause, defaults.tokenTimeout(),
				defaults.shortestHold(), true);
	}

	/**
	 * Return where an instance takes the random part of a pause from. Without jitter each
	 * pause is as long as it can be.
	 */
	RandomGenerator randomOfPauses(RandomGenerator random) {
		return this.jitter ? random : () -> -1L;
	}

	String title() {
		return (this.jitter ? "with jitter" : "without jitter") + ", "
				+ (this.backOff ? "with back-off" : "without back-off");
	}

}
