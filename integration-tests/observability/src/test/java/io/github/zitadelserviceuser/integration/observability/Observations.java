// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.observability;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;

/**
 * Remembers all that is observed in the application.
 */
final class Observations implements ObservationHandler<Observation.Context> {

	private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

	/**
	 * The names of all observations, each followed by those of its ancestors.
	 */
	List<List<String>> ancestries() {
		return this.stopped.stream().map(Observations::ancestry).toList();
	}

	/**
	 * All that is said of them: names and keys, of high and low cardinality, and errors.
	 */
	String text() {
		StringBuilder text = new StringBuilder();
		for (Observation.Context context : this.stopped) {
			text.append(context.getName())
				.append(context.getContextualName())
				.append(context.getAllKeyValues())
				.append(context)
				.append('\n');
			if (context.getError() != null) {
				text.append(SecretSearch.textOf(context.getError()));
			}
		}
		return text.toString();
	}

	private static List<String> ancestry(Observation.Context context) {
		List<String> names = new ArrayList<>(List.of(String.valueOf(context.getName())));
		ObservationView parent = context.getParentObservation();
		while (parent != null) {
			names.add(String.valueOf(parent.getContextView().getName()));
			parent = parent.getContextView().getParentObservation();
		}
		return names;
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
