// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.zitadelserviceuser.user.InvalidServiceUserNameException;
import io.github.zitadelserviceuser.user.ServiceUserClient;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The names of the service users that properties describe, apart from the unnamed one.
 * Properties are looked at by their names alone, before anything is bound.
 *
 * @since 0.1.0
 */
public final class ServiceUserNames {

	static final ConfigurationPropertyName USERS = ConfigurationPropertyName.of("zitadel.service-users");

	private ServiceUserNames() {
	}

	/**
	 * Return the names of the users that an environment describes and does not switch
	 * off. A variable of the environment has no hyphens: where another property names
	 * {@code my-user}, {@code MYUSER} says more of that one.
	 * @param environment the environment
	 * @return the names, in alphabetical order
	 * @throws InvalidServiceUserNameException if two names differ by nothing but hyphens
	 */
	public static Set<String> in(Environment environment) {
		Set<String> written = new TreeSet<>();
		Set<String> variables = new TreeSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				Set<String> names = (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)
						? variables : written;
				for (ConfigurationPropertyName property : iterable) {
					if (USERS.isAncestorOf(property)) {
						names.add(property.getElement(USERS.getNumberOfElements(), Form.ORIGINAL));
					}
				}
			}
		}
		Map<String, String> names = new HashMap<>();
		written.forEach((name) -> add(name, names));
		variables.forEach((name) -> names.putIfAbsent(withoutHyphens(name), name));
		Set<String> enabled = new TreeSet<>(names.values());
		enabled.removeIf((name) -> !environment.getProperty(ServiceUserClient.propertyPrefix(name) + ".enabled",
				Boolean.class, true));
		return enabled;
	}

	// What is said of one of the two would be bound to the other as well.
	private static void add(String name, Map<String, String> names) {
		String other = names.put(withoutHyphens(name), name);
		if (other != null) {
			throw new InvalidServiceUserNameException(name,
					"there is '" + other + "' too, and hyphens do not tell properties apart");
		}
	}

	private static String withoutHyphens(String name) {
		return name.replace("-", "");
	}

}
