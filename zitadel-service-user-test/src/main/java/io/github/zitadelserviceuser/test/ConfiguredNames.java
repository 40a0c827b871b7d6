// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserProperties;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import org.jspecify.annotations.Nullable;

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

	private final List<ConfigurationPropertyName> names;

	private ConfiguredNames(List<ConfigurationPropertyName> names) {
		this.names = names;
	}

	static ConfiguredNames of(ConfigurableEnvironment environment) {
		List<ConfigurationPropertyName> names = new ArrayList<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.from(environment.getPropertySources())) {
			// What stands for the fake is not the application's.
			if (source instanceof IterableConfigurationPropertySource iterable
					&& !(source.getUnderlyingSource() instanceof FakeZitadelPropertySource)) {
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
		return !usersWithCredential().isEmpty() && credentialOf(ServiceUserClient.DEFAULT_NAME) == null;
	}

	/**
	 * Return whether a user is to authenticate with a key file: where its properties say
	 * so, or nothing.
	 * @param user the name of the user
	 * @return whether it has a key file
	 */
	boolean hasKeyFile(String user) {
		String credential = credentialOf(user);
		return credential == null || credential.equals("key-location");
	}

	/**
	 * Return which credential a user has.
	 * @param user the name of the user
	 * @return the name of the property that is or locates it, the first one if there are
	 * several; {@code null} if there is none
	 */
	@Nullable String credentialOf(String user) {
		return credentialsOf(user).stream().findFirst().orElse(null);
	}

	List<String> credentialsOf(String user) {
		ConfigurationPropertyName prefix = ConfigurationPropertyName.of(ServiceUserClient.propertyPrefix(user));
		return ZitadelServiceUserProperties.CREDENTIALS.stream()
			.filter((credential) -> this.names.contains(prefix.append(credential)))
			.toList();
	}

	/**
	 * Return the named users that have a credential in their properties.
	 * @return the names of the users
	 */
	Set<String> usersWithCredential() {
		Set<String> users = new TreeSet<>();
		ZitadelServiceUserProperties.CREDENTIALS.forEach((credential) -> users.addAll(usersWith(credential)));
		return users;
	}

	/**
	 * Return the named users that have a property.
	 * @param property its name
	 * @return the names of the users
	 */
	List<String> usersWith(String property) {
		Set<String> users = users();
		return users.stream()
			.filter((user) -> this.names.contains(NAMED.append(user).append(property)))
			.filter((user) -> users.stream().noneMatch((other) -> isVariable(user, other)))
			.toList();
	}

	private Set<String> users() {
		return this.names.stream()
			.filter(NAMED::isAncestorOf)
			.map((name) -> name.getElement(NAMED.getNumberOfElements(), Form.ORIGINAL))
			.filter(ConfigurationPropertyName::isValid)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	// Which has no hyphens, and says something of the user whose name has some.
	private static boolean isVariable(String user, String other) {
		return other.contains("-") && user.equals(other.replace("-", ""));
	}

}
