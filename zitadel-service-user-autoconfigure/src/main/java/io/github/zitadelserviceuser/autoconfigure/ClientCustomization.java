// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.user.ServiceUserClientBuilder;
import io.github.zitadelserviceuser.user.SharedResources;

/**
 * What the application wants of one kind of clients: of all of them, and of those of one
 * service user.
 */
interface ClientCustomization {

	void addTo(SharedResources.Builder shared);

	void addTo(String user, ServiceUserClientBuilder builder);

}
