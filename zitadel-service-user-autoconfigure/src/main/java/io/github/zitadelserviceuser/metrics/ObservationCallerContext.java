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

package io.github.zitadelserviceuser.metrics;

import java.util.function.UnaryOperator;

import io.github.zitadelserviceuser.token.CallerContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/**
 * Carries the observation of a waiting caller over to the token request, which thereby
 * belongs to the caller's trace. The caller may have given up, and its observation have
 * ended, before the request does. A step that is not run would leave the callers waiting:
 * a broken handler of observations costs the trace and no more.
 *
 * @since 0.1.0
 */
public final class ObservationCallerContext implements CallerContext {

	private final ObservationRegistry registry;

	/**
	 * Create a new instance.
	 * @param registry knows the observation of a thread
	 */
	public ObservationCallerContext(ObservationRegistry registry) {
		this.registry = registry;
	}

	@Override
	public UnaryOperator<Runnable> capture() {
		Observation observation = this.registry.getCurrentObservation();
		return (observation != null) ? (step) -> () -> run(step, observation) : UnaryOperator.identity();
	}

	private static void run(Runnable step, Observation observation) {
		new HarmlessObservation(() -> observation).within(() -> {
			step.run();
			return true;
		});
	}

}
