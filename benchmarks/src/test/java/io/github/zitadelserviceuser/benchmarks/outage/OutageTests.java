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

package io.github.zitadelserviceuser.benchmarks.outage;

import java.time.Duration;

import io.github.zitadelserviceuser.benchmarks.holder.HolderKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An outage for a fifth of a token's life.
 */
class OutageTests {

	private static final Duration BETWEEN_CALLS = Duration.ofMinutes(1);

	@ParameterizedTest
	@ValueSource(ints = { 0, 25, 60, 70, 74, 75, 76, 77, 78, 79, 80, 99 })
	void runWhenLibraryHoldsTokenThenNoCallFailsAndRequestsAreBounded(int percent) throws Exception {
		Outage.Result result = Outage.run(HolderKind.SERVICE_USER, from(percent), BETWEEN_CALLS);
		assertThat(result.calls()).isGreaterThan(320);
		assertThat(result.failed()).isZero();
		// One a minute with full jitter is one in half a minute, but not without calls.
		assertThat(result.requests()).isLessThanOrEqualTo(150);
	}

	@ParameterizedTest
	@EnumSource(names = { "GOOGLE", "SPRING_SERVLET", "SPRING_REACTIVE", "AWS" })
	void runWhenOutageMeetsEndOfTokenThenFailuresOfOthersAreSeen(HolderKind kind) throws Exception {
		Outage.Result result = Outage.run(kind, from(95), BETWEEN_CALLS);
		assertThat(result.failed()).isBetween(100, 120);
		assertThat(result.requests()).isGreaterThan(100);
	}

	private static Duration from(int percent) {
		return Outage.LIFETIME.multipliedBy(percent).dividedBy(100).plusMillis(1);
	}

}
