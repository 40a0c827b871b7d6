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
