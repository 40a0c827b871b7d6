// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a soak test found, and whether it may be.
 *
 * @param settings the figures it was made with
 * @param elapsed how long there were calls
 * @param ledger what became of them
 * @param tokenRequests the number of requests that reached the token endpoint
 * @param faults how often each fault met a request
 * @param heapGrowth how many bytes more were in use at the end than after the warm-up
 * @param stuckThreads the number of callers that did not end
 */
record SoakResult(SoakSettings settings, Duration elapsed, Ledger ledger, long tokenRequests,
		Map<Fault, Integer> faults, long heapGrowth, int stuckThreads) {

	static final double MOST_REQUESTS_TO_IDEAL = 1.1;

	static final long MOST_HEAP_GROWTH = 2L << 20;

	static final long FEWEST_CALLS_PER_SECOND = 1_000;

	double requestsToIdeal() {
		return this.tokenRequests / this.settings.idealRequests(this.elapsed);
	}

	long callsPerSecond() {
		return this.ledger.begun() * 1_000 / this.elapsed.toMillis();
	}

	int faultCount() {
		return this.faults.values().stream().mapToInt(Integer::intValue).sum();
	}

	/**
	 * Return what must not be, none if all is well.
	 */
	List<String> violations() {
		List<String> violations = new ArrayList<>();
		require(violations, this.ledger.expired() == 0, this.ledger.expired() + " calls with an expired token");
		require(violations, this.ledger.avoidable() == 0,
				this.ledger.avoidable() + " calls failed while a usable token was held");
		require(violations, this.ledger.underWay() == 0 && this.stuckThreads == 0,
				this.ledger.underWay() + " calls never ended, " + this.stuckThreads + " threads did not either");
		require(violations, requestsToIdeal() <= MOST_REQUESTS_TO_IDEAL,
				String.format(Locale.ROOT, "%.3f times the token requests of the ideal", requestsToIdeal()));
		require(violations, this.heapGrowth <= MOST_HEAP_GROWTH, "the heap grew by " + this.heapGrowth + " bytes");
		require(violations, callsPerSecond() >= FEWEST_CALLS_PER_SECOND,
				"only " + callsPerSecond() + " calls a second; the machine is too busy for a verdict");
		require(violations, this.faultCount() > 0, "no fault was injected; the test was too short for a verdict");
		return violations;
	}

	private static void require(List<String> violations, boolean met, String violation) {
		if (!met) {
			violations.add(violation);
		}
	}

	String table() {
		return String.format(Locale.ROOT, """
				| | found | at most |
				|---|--:|--:|
				| calls | %,d (%,d a second) | |
				| calls with an expired token | %,d | 0 |
				| calls that failed while a usable token was held | %,d | 0 |
				| calls that failed while none was held | %,d | |
				| calls that never ended | %,d | 0 |
				| faults, of %d kinds | %,d (%.1f %% of the token requests) | |
				| token requests | %,d | |
				| the same, to the ideal of %,.0f | %.3f | %.1f |
				| growth of the heap | %,d KiB | %,d KiB |

				%d applications, %d blocking and %d reactive threads, tokens of %d s, %d s.
				""", this.ledger.begun(), callsPerSecond(), this.ledger.expired(), this.ledger.avoidable(),
				this.ledger.unavoidable(), this.ledger.underWay(), this.faults.size(), faultCount(),
				100.0 * faultCount() / this.tokenRequests, this.tokenRequests,
				this.settings.idealRequests(this.elapsed), requestsToIdeal(), MOST_REQUESTS_TO_IDEAL,
				this.heapGrowth >> 10, MOST_HEAP_GROWTH >> 10, this.settings.applications(),
				this.settings.blockingThreads(), this.settings.reactiveThreads(),
				SoakSettings.TOKEN_LIFETIME.toSeconds(), this.elapsed.toSeconds());
	}

}
