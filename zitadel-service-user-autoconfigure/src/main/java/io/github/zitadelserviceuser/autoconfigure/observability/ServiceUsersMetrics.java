// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.metrics.ServiceUserMetrics;
import io.github.zitadelserviceuser.token.TokenStatus;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUserClientBuilder;
import io.github.zitadelserviceuser.user.ServiceUserCustomizer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Gives each service user meters of its own, in whichever registry there is, from when it
 * is built until it is closed.
 */
final class ServiceUsersMetrics implements ServiceUserCustomizer, MeterBinder {

	private final Clock clock;

	private final Map<String, ServiceUserMetrics> metrics = new ConcurrentHashMap<>();

	private final Set<MeterRegistry> registries = ConcurrentHashMap.newKeySet();

	ServiceUsersMetrics(Clock clock) {
		this.clock = clock;
	}

	@Override
	public void customize(String name, ServiceUserClientBuilder user) {
		AtomicReference<@Nullable ServiceUserClient> built = new AtomicReference<>();
		ServiceUserMetrics own = new ServiceUserMetrics(name, () -> status(built.get()), () -> key(built.get()),
				this.clock);
		user.tokenListener(own).onBuild((client) -> {
			if (client.status() != null) {
				built.set(client);
				this.metrics.put(name, own);
				this.registries.forEach(own::bindTo);
			}
		}).onClose(() -> {
			this.metrics.remove(name, own);
			this.registries.forEach(own::removeFrom);
		});
	}

	// To bind twice is to bind once: a registry knows a meter by its name and tags.
	@Override
	public void bindTo(MeterRegistry registry) {
		this.registries.add(registry);
		this.metrics.values().forEach((own) -> own.bindTo(registry));
	}

	private static @Nullable TokenStatus status(@Nullable ServiceUserClient user) {
		return (user != null) ? user.status() : null;
	}

	private static @Nullable ServiceUserKey key(@Nullable ServiceUserClient user) {
		LastGoodKey key = (user != null) ? user.key() : null;
		return (key != null) ? key.current() : null;
	}

}
