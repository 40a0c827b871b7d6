// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import io.github.zitadelserviceuser.user.ServiceUserClient;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * What the properties say of each service user: the unnamed one, called
 * {@value ServiceUserClient#DEFAULT_NAME} here, and those with a name.
 *
 * @since 0.1.0
 */
public final class ServiceUserSettings {

	private final ZitadelServiceUserProperties unnamed;

	private final Map<String, ZitadelServiceUserProperties> named = new TreeMap<>();

	private final Set<String> elsewhere = new TreeSet<>();

	/**
	 * Create settings.
	 * @param unnamed what is said of the unnamed user
	 * @param users what is said of users with a name
	 * @param names the names of those that there are to be
	 */
	ServiceUserSettings(ZitadelServiceUserProperties unnamed, Map<String, ZitadelServiceUserProperties> users,
			Set<String> names) {
		this.unnamed = unnamed;
		for (String name : names) {
			ZitadelServiceUserProperties user = users.getOrDefault(name, ZitadelServiceUserProperties.NONE);
			this.named.put(name, user.inheriting(unnamed));
			if (StringUtils.hasText(user.issuerUri())) {
				this.elsewhere.add(name);
			}
		}
	}

	/**
	 * Return what holds for a user.
	 * @param name its name
	 * @return the properties, none for a name that they do not know
	 */
	ZitadelServiceUserProperties of(String name) {
		return name.equals(ServiceUserClient.DEFAULT_NAME) ? this.unnamed
				: this.named.getOrDefault(name, ZitadelServiceUserProperties.NONE.inheriting(this.unnamed));
	}

	/**
	 * Return whether a user has an issuer of its own.
	 * @param name its name
	 * @return whether it does not share that of the unnamed user
	 */
	boolean hasOwnIssuer(String name) {
		return this.elsewhere.contains(name);
	}

	Set<String> named() {
		return new TreeSet<>(this.named.keySet());
	}

	/**
	 * Return whether the unnamed user is described, be it by halves: that is a mistake to
	 * be told. Where there are named users, what has no credential describes how ZITADEL
	 * is reached by them.
	 * @return whether it is described
	 */
	boolean describesUnnamed() {
		return this.unnamed.hasCredential() || (this.named.isEmpty() && this.unnamed.isAnythingSet());
	}

	/**
	 * Return which user is to make calls by something that the application has once, and
	 * which therefore no two can claim.
	 * @param property the property by which a user claims it
	 * @param claimed what the property names
	 * @return the users by what they claim
	 */
	public Map<String, String> usersOf(String property,
			Function<ZitadelServiceUserProperties, @Nullable List<String>> claimed) {
		Map<String, String> users = new TreeMap<>();
		Set<String> names = named();
		names.add(ServiceUserClient.DEFAULT_NAME);
		for (String name : names) {
			List<String> claims = claimed.apply(of(name));
			for (String claim : (claims != null) ? claims : List.<String>of()) {
				String other = users.putIfAbsent(claim, name);
				if (other != null && !other.equals(name)) {
					throw new InvalidConfigurationPropertyValueException(
							ServiceUserClient.propertyPrefix(name) + "." + property, claim,
							"'" + ServiceUserClient.propertyPrefix(other) + "." + property
									+ "' names it as well, and a call is made as one service user. Remove it from "
									+ "one of the two");
				}
			}
		}
		return users;
	}

}
