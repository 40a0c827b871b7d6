// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.upload;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a process says of its uploads, and how they compare.
 */
class UploadedTests {

	private final Uploaded plain = new Uploaded(10, 20, 300, List.of(100L, 400L, 200L));

	private final Uploaded ours = new Uploaded(11, 21, 330, List.of(200L, 800L, 100L));

	@Test
	void parseWhenPrintedAmongOtherLinesThenIsTheSame() {
		assertThat(Uploaded.parse("a warning\n" + this.plain.line() + "\n" + this.ours.line() + "\n"))
			.containsExactly(this.plain, this.ours);
	}

	@Test
	void ratiosWhenOthersTookLessThenComparesWithinEachRound() {
		assertThat(this.ours.throughputTo(List.of(this.plain))).isEqualTo(0.5);
		assertThat(this.ours.cpuTo(List.of(this.plain))).isEqualTo(1.1);
		assertThat(this.ours.medianNanos()).isEqualTo(200);
	}

	@Test
	void ratiosWhenBetweenTwoThenComparesWithTheirMean() {
		Uploaded again = new Uploaded(10, 20, 360, List.of(300L, 400L, 200L));
		assertThat(this.ours.throughputTo(List.of(this.plain, again))).isEqualTo(1);
		assertThat(this.ours.cpuTo(List.of(this.plain, again))).isEqualTo(1);
	}

}
