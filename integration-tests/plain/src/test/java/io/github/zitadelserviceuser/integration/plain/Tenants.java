// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.plain;

import io.github.zitadelserviceuser.user.ServiceUsers;
import org.jspecify.annotations.Nullable;

/**
 * A service user for each tenant, from when it signs up until it leaves.
 */
final class Tenants {

	private final ServiceUsers serviceUsers;

	Tenants(ServiceUsers serviceUsers) {
		this.serviceUsers = serviceUsers;
	}

	void add(String tenant, String issuer, String keyLocation, String apiHost) {
		this.serviceUsers.create("tenant-" + tenant,
				(user) -> user.issuerUri(issuer).keyLocation(keyLocation).allowedHosts(apiHost));
	}

	@Nullable String call(String tenant, String url) {
		return this.serviceUsers.get("tenant-" + tenant).restClient().get().uri(url).retrieve().body(String.class);
	}

	void remove(String tenant) {
		this.serviceUsers.get("tenant-" + tenant).close();
	}

}
