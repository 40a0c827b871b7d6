// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.metrics.ServiceUserMetrics;
import io.github.zitadelserviceuser.token.TokenStatus;
import io.github.zitadelserviceuser.user.NoSuchServiceUserException;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUserClientBuilder;
import io.github.zitadelserviceuser.user.ServiceUserCustomizer;
import io.github.zitadelserviceuser.user.ServiceUsers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Gives each service user meters of its own, in whichever registry there is, from when it
 * is built until it is closed.
 */
final class ServiceUsersMetrics implements ServiceUserCustomizer, MeterBinder {

	private final ObjectProvider<ServiceUsers> users;

	private final Clock clock;

	private final Map<String, ServiceUserMetrics> metrics = new ConcurrentHashMap<>();

	private final Set<MeterRegistry> registries = ConcurrentHashMap.newKeySet();

	ServiceUsersMetrics(ObjectProvider<ServiceUsers> users, Clock clock) {
		this.users = users;
		this.clock = clock;
	}

	@Override
	public void customize(String name, ServiceUserClientBuilder user) {
		ServiceUserMetrics own = new ServiceUserMetrics(name, () -> status(name), () -> key(name), this.clock);
		user.tokenListener(own).onClose(() -> {
			this.metrics.remove(name, own);
			this.registries.forEach(own::removeFrom);
		});
		this.metrics.put(name, own);
		this.registries.forEach(own::bindTo);
	}

	// To bind twice is to bind once: a registry knows a meter by its name and tags.
	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		this.metrics.values().forEach((own) -> own.bindTo(registry));
	}

	private @Nullable TokenStatus status(String name) {
		ServiceUserClient user = user(name);
		return (user != null) ? user.status() : null;
	}

	private @Nullable ServiceUserKey key(String name) {
		ServiceUserClient user = user(name);
		LastGoodKey key = (user != null) ? user.key() : null;
		return (key != null) ? key.current() : null;
	}

	private @Nullable ServiceUserClient user(String name) {
		try {
			ServiceUsers all = this.users.getIfAvailable();
			return (all != null && all.names().contains(name)) ? all.get(name) : null;
		}
		catch (NoSuchServiceUserException ex) {
			// Closed just now.
			return null;
		}
	}

}
