// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the class comment of {@link RefreshingTokenSource} promises, under thousands of
 * random schedules. A failure names the seed; play that one alone to look at it.
 */
class RandomScheduleTests {

	private static final int SCHEDULES = 4000;

	private static final int STEPS = 120;

	@Test
	void promisesWhenScheduleIsRandomThenHold() {
		long requests = 0;
		long served = 0;
		long refused = 0;
		long overtaken = 0;
		long carried = 0;
		for (long seed = 0; seed < SCHEDULES; seed++) {
			RandomSchedule schedule = new RandomSchedule(seed);
			schedule.play(STEPS);
			requests += schedule.requests;
			served += schedule.served;
			refused += schedule.refused;
			overtaken += schedule.overtaken;
			carried += schedule.carried();
		}
		// That the schedules reach every corner is part of the proof.
		assertThat(requests).isGreaterThan(10L * SCHEDULES);
		assertThat(served).isGreaterThan(10L * SCHEDULES);
		assertThat(refused).isGreaterThan(SCHEDULES);
		assertThat(overtaken).as("answers that came too late").isGreaterThan(SCHEDULES / 10);
		assertThat(carried).as("calls that outlived a flight").isGreaterThan(SCHEDULES / 20);
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 2 })
	void playWhenSeedIsTheSameThenScheduleIsTheSame(long seed) {
		RandomSchedule first = new RandomSchedule(seed);
		RandomSchedule second = new RandomSchedule(seed);
		first.play(STEPS);
		second.play(STEPS);
		assertThat(second.steps).isEqualTo(first.steps).hasSizeGreaterThanOrEqualTo(STEPS);
	}

}
