// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.fleet;

import java.time.Duration;
import java.util.Arrays;

/**
 * What a token endpoint and the callers of a fleet saw.
 */
final class Load {

	private final int[] requestsInSecond;

	private long failedRequests;

	private long calls;

	private long callsWithoutToken;

	Load(Duration length) {
		this.requestsInSecond = new int[Math.toIntExact(length.toSeconds()) + 1];
	}

	void request(long nanos, boolean failed) {
		this.requestsInSecond[(int) (nanos / 1_000_000_000)]++;
		this.failedRequests += failed ? 1 : 0;
	}

	void call(boolean served) {
		this.calls++;
		this.callsWithoutToken += served ? 0 : 1;
	}

	/**
	 * Find the busiest second of a time.
	 * @param from the first second
	 * @param to the second after the last
	 * @return the number of requests, zero if there were none
	 */
	int busiestSecond(Duration from, Duration to) {
		return Arrays.stream(this.requestsInSecond, (int) from.toSeconds(), (int) to.toSeconds()).max().orElse(0);
	}

	long requests() {
		return Arrays.stream(this.requestsInSecond).asLongStream().sum();
	}

	long failedRequests() {
		return this.failedRequests;
	}

	long calls() {
		return this.calls;
	}

	long callsWithoutToken() {
		return this.callsWithoutToken;
	}

}
