// SPDX-License-Identifier: Apache-2.0

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
		// One a minute with full jitter is one in half a minute, but not without calls,
		// and
		// each is repeated at once where no connection was had.
		assertThat(result.requests()).isLessThanOrEqualTo(300);
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
