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
