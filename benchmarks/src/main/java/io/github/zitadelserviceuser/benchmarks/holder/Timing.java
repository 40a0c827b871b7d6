// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.holder;

import java.time.Clock;
import java.util.function.LongSupplier;

import io.github.zitadelserviceuser.token.BackgroundTasks;
import org.jspecify.annotations.Nullable;

/**
 * The time that a holder lives in.
 *
 * @param clock the wall clock
 * @param nanoTime the monotonic clock
 * @param tasks where background work is done; if {@code null}, where the library does it
 * @since 0.1.0
 */
public record Timing(Clock clock, LongSupplier nanoTime, @Nullable BackgroundTasks tasks) {

	/**
	 * The time of this machine.
	 */
	public static final Timing SYSTEM = new Timing(Clock.systemUTC(), System::nanoTime, null);

}
