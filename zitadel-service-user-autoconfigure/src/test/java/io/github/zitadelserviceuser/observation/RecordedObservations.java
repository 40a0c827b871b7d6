// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.observation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;

/**
 * A registry that remembers what was observed.
 */
public final class RecordedObservations implements ObservationHandler<Observation.Context> {

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

	private final AtomicInteger scopes = new AtomicInteger();

	public RecordedObservations() {
		this.registry.observationConfig().observationHandler(this);
	}

	public ObservationRegistry registry() {
		return this.registry;
	}

	/**
	 * Whatever has ended.
	 */
	public List<Observation.Context> stopped() {
		return this.stopped;
	}

	/**
	 * The token requests that have ended.
	 */
	public List<Observation.Context> tokenRequests() {
		return this.stopped.stream().filter(TokenRequestObservationContext.class::isInstance).toList();
	}

	/**
	 * The names of the parents of the token requests, "none" where there is none.
	 */
	public List<String> parents() {
		return tokenRequests().stream()
			.map(Observation.Context::getParentObservation)
			.map((parent) -> (parent != null) ? String.valueOf(parent.getContextView().getName()) : "none")
			.toList();
	}

	public int scopes() {
		return this.scopes.get();
	}

	static String lowCardinality(Observation.Context context) {
		return context.getLowCardinalityKeyValues()
			.stream()
			.map((KeyValue pair) -> pair.getKey() + "=" + pair.getValue())
			.sorted()
			.collect(Collectors.joining(" "));
	}

	@Override
	public void onScopeOpened(Observation.Context context) {
		this.scopes.incrementAndGet();
	}

	@Override
	public void onStop(Observation.Context context) {
		this.stopped.add(context);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return true;
	}

}
