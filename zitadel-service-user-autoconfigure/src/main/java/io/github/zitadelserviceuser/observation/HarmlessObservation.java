// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.observation;

import java.util.Set;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * An observation that breaks nothing: its handlers and conventions are not ours, and what
 * they throw, whatever it is, costs the trace and no more. Of each type of failure, the
 * first one is a warning.
 */
final class HarmlessObservation {

	private static final Log logger = LogFactory.getLog(HarmlessObservation.class);

	private final Observation observation;

	private final Set<String> known;

	/**
	 * Create a new instance.
	 * @param observation creates the observation
	 * @param known the types of failure that were warned about; it is added to, and safe
	 * for use by several threads
	 */
	HarmlessObservation(Supplier<Observation> observation, Set<String> known) {
		this.known = known;
		this.observation = create(observation);
	}

	void start() {
		attempt(this.observation::start);
	}

	void error(Throwable ex) {
		attempt(() -> this.observation.error(ex));
	}

	void stop() {
		attempt(this.observation::stop);
	}

	@SuppressWarnings("ReferenceEquality") // one and the same scope, or another
	<T> T within(Supplier<T> step) {
		ObservationRegistry registry = this.observation.getObservationRegistry();
		Observation.Scope before = registry.getCurrentObservationScope();
		Observation.Scope scope = open(registry);
		try {
			return step.get();
		}
		finally {
			if (scope != before && !attempt(scope::close)) {
				registry.setCurrentObservationScope(before);
			}
		}
	}

	private Observation create(Supplier<Observation> observation) {
		try {
			return observation.get();
		}
		catch (Throwable ex) {
			warn(ex);
			return Observation.NOOP;
		}
	}

	private Observation.Scope open(ObservationRegistry registry) {
		try {
			return this.observation.openScope();
		}
		catch (Throwable ex) {
			warn(ex);
			// It became the current one ahead of the handlers, some of which know of it.
			Observation.Scope opened = registry.getCurrentObservationScope();
			return (opened != null) ? opened : Observation.Scope.NOOP;
		}
	}

	private boolean attempt(Runnable step) {
		try {
			step.run();
			return true;
		}
		catch (Throwable ex) {
			warn(ex);
			return false;
		}
	}

	private void warn(Throwable ex) {
		String message = "A token request is not observed as it should be: a handler or convention failed";
		if (this.known.add(ex.getClass().getName())) {
			logger.warn(message, ex);
		}
		else {
			logger.debug(message, ex);
		}
	}

}
