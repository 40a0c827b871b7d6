// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.client.InternalAddress;
import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.net.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Tells the clients what the grant knows of an internal address.
 */
final class InternalAddresses {

	private InternalAddresses() {
	}

	static @Nullable InternalAddress of(AuthorizationServer server) {
		return server.isInternal() ? new InternalAddress(Origin.of(server.baseUrl()),
				AuthorizationServer.INSTANCE_HOST_HEADER, server.instanceHost()) : null;
	}

}
