// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Map;

import io.github.zitadelserviceuser.user.InvalidServiceUserNameException;
import io.github.zitadelserviceuser.user.ServiceUserClient;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration properties of service users that have a name.
 *
 * @param serviceUsers Further service users by name, of lower case letters, digits and
 * hyphens. Each has the properties of 'zitadel.service-user'.
 */
@ConfigurationProperties(ZitadelServiceUsersProperties.PREFIX)
record ZitadelServiceUsersProperties(@DefaultValue Map<String, ZitadelServiceUserProperties> serviceUsers) {

	static final String PREFIX = "zitadel";

	/**
	 * Create new properties.
	 * @throws InvalidServiceUserNameException if a service user cannot be called so
	 */
	ZitadelServiceUsersProperties {
		serviceUsers.keySet().forEach(ZitadelServiceUsersProperties::validate);
	}

	private static void validate(String name) {
		ServiceUserClient.builder().name(name);
		if (name.equals(ServiceUserClient.DEFAULT_NAME)) {
			throw new InvalidServiceUserNameException(name,
					"that is what the one of '" + ZitadelServiceUserProperties.PREFIX + "' is called");
		}
	}

}
