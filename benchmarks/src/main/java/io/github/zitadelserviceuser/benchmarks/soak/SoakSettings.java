// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.soak;

import java.time.Duration;

/**
 * The figures of a soak test.
 *
 * @param duration how long the callers call
 * @param applications the number of applications, each with a token of its own
 * @param blockingThreads the number of threads that make blocking calls
 * @param reactiveThreads the number of threads that make non-blocking calls
 * @param faultEvery one token request of so many fails, on average
 * @param seed what the randomness starts from
 */
record SoakSettings(Duration duration, int applications, int blockingThreads, int reactiveThreads, int faultEvery,
		long seed) {

	/** Short, so that an application refreshes many times in a minute. */
	static final Duration TOKEN_LIFETIME = Duration.ofSeconds(6);

	/**
	 * Earlier than the default, since pauses are as long as ever: a token of six seconds
	 * leaves as much time for a failed refresh as there is in hours by default.
	 */
	static final double REFRESH_AT = 0.5;

	/** As {@code RefreshPolicy} has it. */
	static final double REFRESH_JITTER = 0.05;

	/** For so long a token is used: a tenth of its life is the margin. */
	static final Duration USABLE_FOR = TOKEN_LIFETIME.multipliedBy(9).dividedBy(10);

	static final Duration READ_TIMEOUT = Duration.ofMillis(500);

	static final Duration TOKEN_TIMEOUT = Duration.ofSeconds(10);

	static SoakSettings lasting(Duration duration) {
		return new SoakSettings(duration, 24, 6, 2, 20, 7523);
	}

	/**
	 * Return the token requests that would do if none failed: one at the start of each
	 * application and one for each refresh interval (the refresh point less half the
	 * jitter), the last of which is half over on average.
	 */
	double idealRequests(Duration elapsed) {
		double interval = TOKEN_LIFETIME.toMillis() * (REFRESH_AT - REFRESH_JITTER / 2);
		return this.applications * (0.5 + elapsed.toMillis() / interval);
	}

}
