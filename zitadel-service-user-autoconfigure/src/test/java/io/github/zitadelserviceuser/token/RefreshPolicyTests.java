// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RefreshPolicyTests {

	private static final double ALMOST_ONE = Math.nextDown(1.0);

	private final RefreshPolicy policy = RefreshPolicy.defaults();

	@ParameterizedTest
	@ValueSource(doubles = { -0.1, 0, 1, 1.1, Double.NaN, Double.POSITIVE_INFINITY })
	void newPolicyWhenRefreshPointIsOutOfRangeThenRefused(double refreshAt) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.policy.withRefreshAt(refreshAt))
			.withMessageContaining("refreshAt")
			.withMessageContaining(String.valueOf(refreshAt));
	}

	@ParameterizedTest
	@ValueSource(doubles = { -0.1, 0.41, Double.NaN })
	void newPolicyWhenJitterIsOutOfRangeThenRefused(double jitter) {
		assertThatIllegalArgumentException().isThrownBy(() -> policy(0.8, jitter))
			.withMessageContaining("refreshJitter");
	}

	@ParameterizedTest
	@MethodSource
	void newPolicyWhenPauseOrTimeoutIsNotPositiveThenRefused(Function<Duration, RefreshPolicy> policy, String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> policy.apply(Duration.ZERO)).withMessageContaining(name);
		assertThatIllegalArgumentException().isThrownBy(() -> policy.apply(Duration.ofNanos(-1)))
			.withMessageContaining(name);
		assertThatIllegalArgumentException().isThrownBy(() -> policy.apply(Duration.ofSeconds(Long.MAX_VALUE)))
			.withMessageContaining(name)
			.withMessageContaining("30 days");
		assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> policy.apply(null))
			.withMessageContaining(name);
		assertThat(policy.apply(Duration.ofNanos(1))).isNotNull();
		assertThat(policy.apply(Duration.ofDays(30))).isNotNull();
	}

	static Stream<Arguments> newPolicyWhenPauseOrTimeoutIsNotPositiveThenRefused() {
		Duration one = Duration.ofSeconds(1);
		return Stream.of(
				Arguments.of(of((value) -> new RefreshPolicy(0.8, 0, one, value, one, one, one, one, false)),
						"firstPause"),
				Arguments.of(of((value) -> new RefreshPolicy(0.8, 0, one, one, value, one, one, one, false)),
						"longestPause"),
				Arguments.of(of((value) -> new RefreshPolicy(0.8, 0, one, one, one, value, one, one, false)),
						"longestColdPause"),
				Arguments.of(of((value) -> RefreshPolicy.defaults().withTokenTimeout(value)), "tokenTimeout"));
	}

	@Test
	void newPolicyWhenMarginIsOutOfRangeThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> margin(Duration.ofNanos(-1)))
			.withMessageContaining("expiryMargin");
		assertThatIllegalArgumentException().isThrownBy(() -> margin(Duration.ofDays(31)))
			.withMessageContaining("expiryMargin");
		assertThat(margin(Duration.ZERO).usableFor(Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void withWhenOneNumberChangesThenOthersStay() {
		RefreshPolicy changed = this.policy.withRefreshAt(0.5)
			.withTokenTimeout(Duration.ofSeconds(3))
			.withShortestHold(Duration.ofSeconds(2))
			.withKeepWarm(true);
		assertThat(changed).isEqualTo(new RefreshPolicy(0.5, 0.05, Duration.ofSeconds(60), Duration.ofSeconds(1),
				Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(3), Duration.ofSeconds(2), true));
		assertThat(this.policy.withRefreshAt(0.01).refreshJitter()).isEqualTo(0.005);
	}

	@ParameterizedTest
	@CsvSource({ "PT-1S, PT0S", "PT0S, PT0S", "PT0.5S, PT0.5S", "PT1S, PT1S", "PT12H, PT12H", "P30D, P30D",
			"P30DT0.001S, P30D", "P99999D, P30D" })
	void lifetimeWhenGivenThenNeverNegativeAndAtMostThirtyDays(Duration given, Duration expected) {
		assertThat(this.policy.lifetime(given)).isEqualTo(expected);
	}

	@Test
	void lifetimeWhenExtremeThenClamped() {
		assertThat(this.policy.lifetime(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)))
			.isEqualTo(Duration.ofDays(30));
		assertThat(this.policy.lifetime(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(Duration.ZERO);
	}

	@ParameterizedTest
	@CsvSource({ "PT12H, PT11H59M", "PT10M, PT9M", "PT9M59S, PT8M59.1S", "PT1M, PT54S", "PT1S, PT0.9S",
			"PT0.999S, PT0S", "PT0.000000001S, PT0S", "PT0S, PT0S" })
	void usableForWhenLifetimeThenLessAMinuteOrATenth(Duration lifetime, Duration expected) {
		assertThat(this.policy.usableFor(lifetime)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 59, 60, 599, 600, 43_200, 2_592_000 })
	void refreshAfterWhenDrawnThenWithinJitterOfRefreshPoint(long seconds) {
		Duration lifetime = Duration.ofSeconds(seconds);
		Duration latest = this.policy.refreshAfter(lifetime, new FixedRandom(0));
		Duration earliest = this.policy.refreshAfter(lifetime, new FixedRandom(ALMOST_ONE));
		assertThat(latest).isEqualTo(lifetime.multipliedBy(8).dividedBy(10));
		assertThat(earliest).isBetween(lifetime.multipliedBy(75).dividedBy(100),
				lifetime.multipliedBy(76).dividedBy(100));
	}

	@ParameterizedTest
	@CsvSource({ "0.95, 600", "0.999, 43200", "0.91, 60", "0.9, 60", "0.9999, 1" })
	void refreshAfterWhenRefreshPointIsBehindMarginThenTwentiethAheadOfMargin(double refreshAt, long seconds) {
		RefreshPolicy late = this.policy.withRefreshAt(refreshAt);
		Duration lifetime = Duration.ofSeconds(seconds);
		Duration usable = late.usableFor(lifetime);
		Duration latest = late.refreshAfter(lifetime, new FixedRandom(0));
		assertThat(latest).isEqualTo(usable.minus(lifetime.dividedBy(20)));
		assertThat(late.refreshAfter(lifetime, new FixedRandom(0.5))).isLessThan(latest).isPositive();
	}

	@Test
	void refreshAfterWhenJitterIsGreatestThenNeverAtOnce() {
		for (double refreshAt : new double[] { 0.001, 0.5, 0.8, 0.999 }) {
			assertThat(
					policy(refreshAt, refreshAt / 2).refreshAfter(Duration.ofSeconds(100), new FixedRandom(ALMOST_ONE)))
				.isGreaterThanOrEqualTo(Duration.ofMillis((long) (100_000 * Math.min(refreshAt, 0.8) / 2)));
		}
	}

	@ParameterizedTest
	@CsvSource({ "0, 1, 1", "1, 1, 1", "2, 2, 2", "3, 4, 4", "4, 8, 8", "5, 16, 10", "6, 32, 10", "7, 60, 10",
			"8, 60, 10", "64, 60, 10", "2000, 60, 10", "2147483647, 60, 10" })
	void pauseWhenFailuresGoOnThenLimitDoubles(int failures, long limit, long coldLimit) {
		assertThat(this.policy.pause(failures, null, 1)).isEqualTo(Duration.ofSeconds(limit));
		assertThat(this.policy.coldPause(failures, null, 1)).isEqualTo(Duration.ofSeconds(coldLimit));
		assertThat(this.policy.pause(failures, null, 0.25)).isEqualTo(Duration.ofSeconds(limit).dividedBy(4));
		assertThat(this.policy.coldPause(failures, null, 0)).isZero();
	}

	@Test
	void pauseWhenServerAsksToWaitThenItWins() {
		assertThat(this.policy.pause(9, Duration.ofSeconds(3), 0.5)).isEqualTo(Duration.ofSeconds(3));
		assertThat(this.policy.coldPause(1, Duration.ofSeconds(30), 0.5)).isEqualTo(Duration.ofSeconds(30));
		assertThat(this.policy.pause(1, Duration.ofNanos(1), 0.5)).isEqualTo(Duration.ofNanos(1));
	}

	@Test
	void pauseWhenServerAsksToWaitForLongThenCapped() {
		assertThat(this.policy.pause(1, Duration.ofSeconds(61), 0.5)).isEqualTo(Duration.ofSeconds(60));
		assertThat(this.policy.coldPause(1, Duration.ofSeconds(Long.MAX_VALUE), 0.5)).isEqualTo(Duration.ofSeconds(60));
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S", "PT-2562047788015215H" })
	void pauseWhenServerAsksForNoTimeThenIgnored(Duration retryAfter) {
		assertThat(this.policy.pause(1, retryAfter, 0.5)).isEqualTo(Duration.ofMillis(500));
		assertThat(this.policy.coldPause(2, retryAfter, 0.5)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void coldPauseWhenLongestPauseIsShorterThenNotLongerThanPause() {
		Duration second = Duration.ofSeconds(1);
		RefreshPolicy odd = new RefreshPolicy(0.8, 0, second, second, Duration.ofSeconds(2), Duration.ofSeconds(50),
				second, second, false);
		assertThat(odd.coldPause(9, null, 1)).isEqualTo(odd.pause(9, null, 1)).isEqualTo(Duration.ofSeconds(2));
	}

	private static RefreshPolicy policy(double refreshAt, double jitter) {
		Duration second = Duration.ofSeconds(1);
		return new RefreshPolicy(refreshAt, jitter, second, second, second, second, second, second, false);
	}

	private static RefreshPolicy margin(Duration margin) {
		Duration second = Duration.ofSeconds(1);
		return new RefreshPolicy(0.8, 0, margin, second, second, second, second, second, false);
	}

	private static Function<@Nullable Duration, RefreshPolicy> of(Function<@Nullable Duration, RefreshPolicy> policy) {
		return policy;
	}

}
