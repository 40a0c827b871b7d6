// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.fleet;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FleetTests {

	private static final int INSTANCES = 50;

	private static final Duration DAY = Duration.ofHours(24);

	/** By then all have started, and none has refreshed. */
	private static final Duration STARTED = Duration.ofHours(1);

	@Test
	void runWhenNoOutageThenRefreshesOncePerInterval() {
		Load load = run(true, true, DAY, DAY);
		// At the start, after 9.0 to 9.6 hours, and after 18.0 to 19.2 hours.
		assertThat(load.requests()).isEqualTo(3 * INSTANCES);
		assertThat(load.failedRequests()).isZero();
		assertThat(load.callsWithoutToken()).isZero();
		assertThat(load.calls()).isEqualTo(INSTANCES * DAY.toMinutes());
	}

	@Test
	void runWhenJitterThenPeakIsFarBelowThatWithout() {
		int with = run(true, true, DAY, DAY).busiestSecond(STARTED, DAY);
		int without = run(false, true, DAY, DAY).busiestSecond(STARTED, DAY);
		assertThat(without).isEqualTo(INSTANCES);
		assertThat(with).isLessThanOrEqualTo(INSTANCES / 10);
	}

	@Test
	void runWhenOutageAtRefreshThenNoCallNoticesAndRequestsAreBounded() {
		Load load = outage(true, true);
		assertThat(load.callsWithoutToken()).isZero();
		assertThat(load.failedRequests()).isGreaterThan(INSTANCES);
		// Half a minute from one to the next on average, once the pauses have grown.
		assertThat(load.requests()).isLessThan(INSTANCES * (3 + 7 + 2 * 60));
	}

	@Test
	void runWhenBackOffThenOutageCostsFarFewerRequestsThanWithout() {
		assertThat(outage(true, true).failedRequests() * 20).isLessThan(outage(true, false).failedRequests());
		assertThat(outage(false, true).failedRequests() * 20).isLessThan(outage(false, false).failedRequests());
	}

	@Test
	void runWhenOutageEndsThenJitterKeepsTheFleetFromComingBackAsOne() {
		Duration end = Duration.ofHours(10);
		Duration recovered = end.plusMinutes(5);
		assertThat(outage(false, true).busiestSecond(end, recovered)).isEqualTo(INSTANCES);
		assertThat(outage(true, true).busiestSecond(end, recovered)).isLessThanOrEqualTo(INSTANCES / 5);
	}

	@Test
	void runWhenOutageOutlastsTokensThenCallsFailAndRecover() {
		Duration outageTo = Duration.ofHours(13);
		Load load = run(true, true, Duration.ofHours(9), outageTo);
		// From the margin before the end of the token on, which is one minute, and then
		// for as long as the longest pause may be.
		Duration without = outageTo.minus(Scenario.TOKEN_LIFETIME.minusMinutes(1));
		assertThat(load.callsWithoutToken()).isBetween(INSTANCES * (without.toMinutes() - 1),
				INSTANCES * (without.toMinutes() + 2));
	}

	@Test
	void runWhenRepeatedThenTheSame() {
		Load one = outage(true, true);
		Load other = outage(true, true);
		assertThat(other.requests()).isEqualTo(one.requests());
		for (Duration hour = Duration.ZERO; hour.compareTo(DAY) < 0; hour = hour.plusHours(1)) {
			assertThat(other.busiestSecond(hour, hour.plusHours(1)))
				.isEqualTo(one.busiestSecond(hour, hour.plusHours(1)));
		}
	}

	private static Load outage(boolean jitter, boolean backOff) {
		return run(jitter, backOff, Duration.ofHours(9), Duration.ofHours(10));
	}

	private static Load run(boolean jitter, boolean backOff, Duration outageFrom, Duration outageTo) {
		// All at the same moment, or a herd of 50 would hardly be one.
		return Fleet.run(new Scenario(INSTANCES, Duration.ZERO, jitter, backOff, outageFrom, outageTo, DAY));
	}

}
