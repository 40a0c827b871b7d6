// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.plain;

import io.github.zitadelserviceuser.user.ServiceUserClient;

import org.springframework.boot.bootstrap.BootstrapRegistry;
import org.springframework.boot.bootstrap.BootstrapRegistryInitializer;

/**
 * A service user before there is an application context, for whoever gets configuration
 * from a server that wants to know who asks.
 *
 * @param issuer the ZITADEL instance
 * @param key the location of the key
 * @param configServer the host of the server
 */
record ConfigServerUser(String issuer, String key, String configServer) implements BootstrapRegistryInitializer {

	@Override
	public void initialize(BootstrapRegistry registry) {
		registry.registerIfAbsent(ServiceUserClient.class, (context) -> {
			ServiceUserClient user = ServiceUserClient.builder()
				.name("config")
				.issuerUri(this.issuer)
				.keyLocation(this.key)
				.allowedHosts(this.configServer)
				.build();
			registry.addCloseListener((event) -> user.close());
			return user;
		});
	}

}
