// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.upload;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What counts as needed.
 */
class PeakMemoryTests {

	private static final int HELD = 24 * 1024 * 1024;

	private static final long SIZE = 20 * 1024 * 1024;

	private final PeakMemory nothing = new PeakMemory(SIZE);

	private final PeakMemory peak = new PeakMemory(SIZE);

	@ParameterizedTest
	@ValueSource(longs = { 0, 256 * 1024, SIZE })
	void acceptWhenHeldForAMomentThenCounts(long moment) {
		this.nothing.accept(0);
		for (long position = 0; position <= SIZE; position += 16 * 1024) {
			List<Object> held = new ArrayList<>();
			if (position == moment) {
				held.add(new byte[HELD]);
				held.add(ByteBuffer.allocateDirect(HELD));
			}
			this.peak.accept(position);
			assertThat(held).hasSize((position == moment) ? 2 : 0);
		}
		assertThat(this.peak.heap()).isGreaterThan(this.nothing.heap() + HELD / 2);
		assertThat(this.peak.direct()).isGreaterThanOrEqualTo(HELD);
	}

	@Test
	void acceptWhenGarbageThenDoesNotCount() {
		this.nothing.accept(0);
		int sum = 0;
		for (int i = 0; i < 1024; i++) {
			sum += new byte[HELD / 1024].length;
		}
		this.peak.accept(0);
		assertThat(sum).isPositive();
		assertThat(this.peak.heap()).isLessThan(this.nothing.heap() + HELD / 2);
	}

}
