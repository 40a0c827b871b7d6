// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.List;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The application's registry, looked up when the first caller waits for a token. With it
 * come all meter registries and whoever customizes or feeds them: those may have the
 * token source or a client injected, and come into being after it. Until it is known,
 * nothing is observed.
 */
final class LazyObservationRegistry implements ObservationRegistry {

	private final LateBeans beans;

	private final ObjectProvider<ObservationRegistry> provider;

	// Determined here: to match types may wait for the lock of whoever creates beans.
	private final List<String> names;

	private volatile @Nullable ObservationRegistry registry;

	LazyObservationRegistry(LateBeans beans, ObjectProvider<ObservationRegistry> provider) {
		this.beans = beans;
		this.provider = provider;
		this.names = beans.names(ObservationRegistry.class);
	}

	/**
	 * Look the registry up, which may create it. This is for the thread of a caller: the
	 * one that requests the token would wait for whoever creates the registry, who may
	 * wait for the token.
	 */
	void lookUp() {
		if (this.registry == null && this.beans.mayCreate()) {
			this.registry = find(() -> this.provider.getIfUnique(() -> NOOP));
		}
	}

	@Override
	public @Nullable Observation getCurrentObservation() {
		return registry().getCurrentObservation();
	}

	@Override
	public Observation.@Nullable Scope getCurrentObservationScope() {
		return registry().getCurrentObservationScope();
	}

	@Override
	public void setCurrentObservationScope(Observation.@Nullable Scope current) {
		registry().setCurrentObservationScope(current);
	}

	@Override
	public ObservationConfig observationConfig() {
		return registry().observationConfig();
	}

	@Override
	public boolean isNoop() {
		return registry().isNoop();
	}

	// Without a lock: it would be held while the bean factory asks for its own.
	private ObservationRegistry registry() {
		ObservationRegistry known = this.registry;
		if (known == null) {
			known = find(this::existing);
			this.registry = known;
		}
		return (known != null) ? known : NOOP;
	}

	private @Nullable ObservationRegistry existing() {
		return (this.names.size() == 1 && this.beans.isThere(this.names.get(0)))
				? this.beans.get(this.names.get(0), ObservationRegistry.class) : null;
	}

	private static @Nullable ObservationRegistry find(Supplier<@Nullable ObservationRegistry> lookup) {
		try {
			return lookup.get();
		}
		catch (BeansException ex) {
			// It is being created just now, and somebody asks for a token to that end; or
			// the application shuts down. That request is not observed.
			return null;
		}
	}

}
