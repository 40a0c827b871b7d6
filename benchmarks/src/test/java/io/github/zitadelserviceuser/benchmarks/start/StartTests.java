// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.start;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is made of several starts.
 */
class StartTests {

	@Test
	void ofWhenLineOfAnApplicationThenWhatItSays() {
		assertThat(Start.of("started 1500 2900 6900 179", 1)).isEqualTo(new Start(1500, 2900, 6900, 179, 1));
	}

	@Test
	void ratioWhenMachineSlowsDownThenOfStartsInTheSameRound() {
		List<Start> others = List.of(start(100), start(1000), start(200));
		List<Start> starts = List.of(start(110), start(1100), start(240));
		assertThat(Start.ratio(starts, others, Start::cpu)).isEqualTo("1.10");
		assertThat(Start.median(starts, Start::cpu)).isEqualTo(240);
	}

	private static Start start(long cpu) {
		return new Start(1, cpu, 1, 1, 0);
	}

}
