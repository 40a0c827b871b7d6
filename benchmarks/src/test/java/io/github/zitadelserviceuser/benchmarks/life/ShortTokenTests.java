// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.life;

import java.time.Duration;
import java.util.List;

import io.github.zitadelserviceuser.benchmarks.holder.HolderKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tokens of five minutes with few calls in virtual time, and shorter ones in real time.
 */
class ShortTokenTests {

	private static final Duration HOUR = Duration.ofHours(1);

	@Test
	void runWhenLibraryHoldsTokenThenNoCallFailsAndRequestsAreIdeal() {
		ShortTokens.Result result = ShortTokens.run(HolderKind.SERVICE_USER, HOUR, Duration.ofMillis(200));
		assertThat(result.calls()).isEqualTo(18_000);
		assertThat(result.failed()).isZero();
		assertThat(result.requests() / ShortTokens.idealRequests(HOUR, ShortTokens.LIFETIME)).isBetween(0.95, 1.05);
	}

	@ParameterizedTest
	@EnumSource(names = { "GOOGLE", "SPRING_SERVLET", "SPRING_REACTIVE", "AWS" })
	void runWhenOthersHoldTokenThenRequestsAreThoseOfTheirSettings(HolderKind kind) {
		ShortTokens.Result result = ShortTokens.run(kind, HOUR, Duration.ofSeconds(1));
		assertThat(result.calls()).isEqualTo(3_600);
		assertThat(result.failed()).isZero();
		// A token each 300 s less what its settings say, or for each call.
		Duration interval = ShortTokens.LIFETIME.minus(kind.refreshBeforeEnd());
		long expected = HOUR.dividedBy(interval.isZero() ? Duration.ofSeconds(1) : interval);
		assertThat((double) result.requests()).isCloseTo(expected, within(0.05 * expected));
	}

	@Test
	void idealRequestsWhenOneIntervalThenOneAndAHalf() {
		assertThat(ShortTokens.idealRequests(Duration.ofMillis(232_500), Duration.ofMinutes(5))).isEqualTo(1.5);
	}

	@Test
	void makeWhenTokenLastsThenNoCallFailsAndThereIsOneRequest() throws Exception {
		ShortTokenCalls result = ShortTokenCalls.make(ShortTokens.LIFETIME, Duration.ofSeconds(1));
		Calls calls = result.blocking();
		assertThat(calls.count()).isEqualTo(1_000);
		assertThat(calls.failed()).isZero();
		assertThat(result.reactive().count()).isEqualTo(1_000);
		assertThat(result.reactive().failed()).isZero();
		assertThat(result.requests()).isOne();
		assertThat(result.aroundRefreshes(calls)).isEmpty();
		assertThat(result.atOtherTimes(calls)).hasSize(1_000);
		long now = System.nanoTime();
		long before = now - Duration.ofMillis(calls.at(now) + 500).toNanos();
		ShortTokenCalls refreshed = new ShortTokenCalls(calls, result.reactive(), 2, List.of(before));
		assertThat(refreshed.aroundRefreshes(calls)).hasSizeBetween(500, 502);
		assertThat(refreshed.atOtherTimes(calls)).hasSizeBetween(498, 500);
	}

}
