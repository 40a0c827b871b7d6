/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
