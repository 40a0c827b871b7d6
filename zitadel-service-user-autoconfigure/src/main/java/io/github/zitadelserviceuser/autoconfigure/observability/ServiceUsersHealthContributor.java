// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.time.Clock;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.github.zitadelserviceuser.health.ServiceUserHealthIndicator;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;

/**
 * The health of each service user that there is at the moment.
 */
final class ServiceUsersHealthContributor implements CompositeHealthContributor {

	private final ObjectProvider<ServiceUsers> users;

	private final Clock clock;

	ServiceUsersHealthContributor(ObjectProvider<ServiceUsers> users, Clock clock) {
		this.users = users;
		this.clock = clock;
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return watched().filter((user) -> user.name().equals(name)).map(this::indicator).findFirst().orElse(null);
	}

	@Override
	public Stream<Entry> stream() {
		return watched().map((user) -> new Entry(user.name(), indicator(user)));
	}

	private Stream<ServiceUserClient> watched() {
		return StreamSupport.stream(this.users.getObject().spliterator(), false)
			.filter((user) -> user.status() != null);
	}

	private HealthContributor indicator(ServiceUserClient user) {
		return new ServiceUserHealthIndicator(() -> Objects.requireNonNull(user.status()), user.credential(),
				this.clock);
	}

}
