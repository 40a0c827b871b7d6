// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.zitadelserviceuser.grant.Spelling;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Warns of properties of service users that there are none of, which the binder passes
 * over without a word. That is no error: one of a later version in what applications
 * share must not stop those that have this one.
 */
final class UnknownProperties {

	private static final Log logger = LogFactory.getLog(UnknownProperties.class);

	private static final ConfigurationPropertyName ALL = ConfigurationPropertyName
		.of(ZitadelServiceUsersProperties.PREFIX);

	private static final ConfigurationPropertyName USER = ConfigurationPropertyName
		.of(ZitadelServiceUserProperties.PREFIX);

	private static final ConfigurationPropertyName USERS = ServiceUserNames.USERS;

	/** Variables of the environment that have underscores for hyphens. */
	private static final ConfigurationPropertyName USER_WORDS = ConfigurationPropertyName.of("zitadel.service.user");

	private static final ConfigurationPropertyName USERS_WORDS = ConfigurationPropertyName.of("zitadel.service.users");

	private final KnownProperties known = new KnownProperties();

	private final Map<ConfigurationPropertyName, String> warnings = new LinkedHashMap<>();

	private final Set<String> users;

	private UnknownProperties(Set<String> users) {
		this.users = users;
	}

	/**
	 * Warn of each once, by its name and never by its value.
	 * @param environment the environment, of which sources that do not tell the names of
	 * what they have are passed over
	 */
	static void warn(Environment environment) {
		List<Found> found = new ArrayList<>();
		Set<String> users = new HashSet<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				for (ConfigurationPropertyName name : iterable) {
					if (ALL.isAncestorOf(name)) {
						found.add(new Found(name, source));
					}
					if (USERS.isAncestorOf(name)) {
						users.add(userOf(name));
					}
				}
			}
		}
		UnknownProperties unknown = new UnknownProperties(users);
		found.forEach(unknown::check);
		unknown.warnings.values().forEach(logger::warn);
	}

	private void check(Found found) {
		ConfigurationPropertyName name = found.name();
		if (USER.isAncestorOf(name)) {
			checkUnnamed(found);
		}
		else if (USERS.isAncestorOf(name)) {
			// A value of a user as a whole stops the application.
			if (name.getNumberOfElements() > 3 && !this.known.contain(name, 3)) {
				warn(found, nearest(ServiceUserClient.propertyPrefix(userOf(name)), name, 3));
			}
		}
		else if (found.isVariable() && USER_WORDS.isAncestorOf(name)) {
			if (!this.known.contain(found.words())) {
				warn(found, nearest(ZitadelServiceUserProperties.PREFIX, name, 3));
			}
		}
		else if (found.isVariable() && USERS_WORDS.isAncestorOf(name)) {
			checkNamed(found, found.words());
		}
		else {
			checkPrefix(found);
		}
	}

	private void checkUnnamed(Found found) {
		ConfigurationPropertyName name = found.name();
		if (this.known.contain(name, 3)) {
			warn(found, USERS.append(name.subName(2)).toString());
		}
		else if (!this.known.contain(name, 2)) {
			warn(found, nearest(ZitadelServiceUserProperties.PREFIX, name, 2));
		}
	}

	// Such a variable says more of a user that something else names, and makes none.
	private void checkNamed(Found found, String words) {
		if (this.users.stream()
			.noneMatch(
					(user) -> words.startsWith(user + "-") && this.known.contain(words.substring(user.length() + 1)))) {
			String property = this.known.lastOf(words);
			warn(found,
					(property != null)
							? ServiceUserClient.propertyPrefix(
									words.substring(0, words.length() - property.length() - 1)) + "." + property
							: null);
		}
	}

	// What else begins with 'zitadel' may well be the application's own.
	private void checkPrefix(Found found) {
		ConfigurationPropertyName name = found.name();
		if (Spelling.nearest(name.getElement(1, Form.UNIFORM), List.of("serviceuser", "serviceusers")) != null) {
			if (this.known.contain(name, 2)) {
				warn(found, nearest(ZitadelServiceUserProperties.PREFIX, name, 2));
			}
			else if (this.known.contain(name, 3)) {
				warn(found, nearest(ServiceUserClient.propertyPrefix(userOf(name)), name, 3));
			}
		}
	}

	private @Nullable String nearest(String prefix, ConfigurationPropertyName name, int start) {
		String nearest = this.known.nearest(name, start);
		return (nearest != null) ? prefix + "." + nearest : null;
	}

	private void warn(Found found, @Nullable String meant) {
		this.warnings.computeIfAbsent(found.nameWithoutIndex(), (name) -> "The property '" + name
				+ "' has no effect, since there is none of that name (" + found.origin() + "). "
				+ ((meant != null) ? "Did you mean '" + found.write(meant) + "'?" : "Correct it, or remove it"));
	}

	private static String userOf(ConfigurationPropertyName name) {
		return name.getElement(USERS.getNumberOfElements(), Form.DASHED);
	}

	/**
	 * A property that is set somewhere.
	 *
	 * @param name its name
	 * @param source where it is set
	 */
	private record Found(ConfigurationPropertyName name, ConfigurationPropertySource source) {

		boolean isVariable() {
			return this.source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
		}

		// What stands behind the beginning of a variable.
		String words() {
			ConfigurationPropertyName name = nameWithoutIndex();
			return IntStream.range(USER_WORDS.getNumberOfElements(), name.getNumberOfElements())
				.mapToObj((i) -> name.getElement(i, Form.UNIFORM))
				.collect(Collectors.joining("-"));
		}

		// A list has a property for each of its entries.
		ConfigurationPropertyName nameWithoutIndex() {
			return this.name.isLastElementIndexed() ? this.name.getParent() : this.name;
		}

		Object origin() {
			Origin origin = Origin.from(this.source.getConfigurationProperty(this.name));
			return (origin != null) ? origin : "of no known origin";
		}

		String write(String property) {
			return isVariable() ? property.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT) : property;
		}

	}

}
