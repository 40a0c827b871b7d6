// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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
		Map<String, ZitadelServiceUserProperties> users = new TreeMap<>(serviceUsers);
		users.keySet().retainAll(names(serviceUsers.keySet()));
		serviceUsers = users;
	}

	/**
	 * Return which users are meant. A variable of the environment has no hyphens: where
	 * another property names {@code my-user}, {@code MYUSER} says more of that one.
	 * @param bound the names that were bound
	 * @return the names of the users, in alphabetical order
	 */
	static Set<String> names(Set<String> bound) {
		Set<String> names = new TreeSet<>(bound);
		bound.stream().filter((name) -> name.contains("-")).forEach((name) -> names.remove(name.replace("-", "")));
		return names;
	}

	private static void validate(String name) {
		ServiceUserClient.builder().name(name);
		if (name.equals(ServiceUserClient.DEFAULT_NAME)) {
			throw new InvalidServiceUserNameException(name,
					"that is what the one of '" + ZitadelServiceUserProperties.PREFIX + "' is called");
		}
	}

}
