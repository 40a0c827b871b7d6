// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The names of the properties that an application has for its service users. Their values
 * are not looked at: one may be a placeholder that resolves in production alone.
 */
final class ConfiguredNames {

	private static final ConfigurationPropertyName UNNAMED = ConfigurationPropertyName.of("zitadel.service-user");

	private static final ConfigurationPropertyName NAMED = ConfigurationPropertyName.of("zitadel.service-users");

	private static final Set<String> CREDENTIALS = Set.of("keylocation", "privatekeylocation", "clientsecret",
			"clientsecretlocation", "personalaccesstoken", "personalaccesstokenlocation");

	private final List<ConfigurationPropertyName> names;

	private ConfiguredNames(List<ConfigurationPropertyName> names) {
		this.names = names;
	}

	static ConfiguredNames of(ConfigurableEnvironment environment) {
		List<ConfigurationPropertyName> names = new ArrayList<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.from(environment.getPropertySources())) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				iterable.stream()
					.filter((name) -> UNNAMED.isAncestorOf(name) || NAMED.isAncestorOf(name))
					.forEach(names::add);
			}
		}
		return new ConfiguredNames(names);
	}

	/**
	 * Return whether the application has named users only: they have credentials there,
	 * and the unnamed one has none. Where no properties have one, all come from elsewhere
	 * in production.
	 * @return whether the unnamed user is missing in production
	 */
	boolean areOfNamedUsersOnly() {
		Predicate<ConfigurationPropertyName> credential = (name) -> CREDENTIALS
			.contains(name.getLastElement(Form.UNIFORM));
		return this.names.stream().filter(NAMED::isAncestorOf).anyMatch(credential)
				&& this.names.stream().filter(UNNAMED::isAncestorOf).noneMatch(credential);
	}

	/**
	 * Return the named users that have a property.
	 * @param property its name
	 * @return the names of the users
	 */
	List<String> usersWith(String property) {
		return this.names.stream()
			.filter((name) -> NAMED.isAncestorOf(name) && name.getNumberOfElements() == 4
					&& NAMED.append(name.getElement(2, Form.ORIGINAL)).append(property).equals(name))
			.map((name) -> name.getElement(2, Form.ORIGINAL))
			.distinct()
			.toList();
	}

}
