// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

	private final Set<String> failures = ConcurrentHashMap.newKeySet();

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

	private void run(Runnable step, Observation observation) {
		new HarmlessObservation(() -> observation, this.failures).within(() -> {
			step.run();
			return true;
		});
	}

}
