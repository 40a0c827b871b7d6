// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.report;

import java.lang.management.ManagementFactory;
import java.util.stream.LongStream;

/**
 * What is left on the heap when the garbage is gone.
 *
 * @since 0.1.0
 */
public final class Heap {

	private static final int ROUNDS = 5;

	private Heap() {
	}

	/**
	 * Look at the bytes in use, the least of several looks: calls that are under way when
	 * one looks are not what is meant.
	 * @return the number of bytes
	 */
	public static long used() {
		return LongStream.range(0, ROUNDS).map((round) -> {
			System.gc();
			return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		}).min().orElseThrow();
	}

}
