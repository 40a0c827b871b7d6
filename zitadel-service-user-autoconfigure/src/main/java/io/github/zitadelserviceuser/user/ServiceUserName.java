// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.util.regex.Pattern;

/**
 * The name by which an application knows one of its service users.
 */
final class ServiceUserName {

	/**
	 * What a property and a variable of the environment can both spell. Short enough for
	 * the name of a meter's tag or of a thread.
	 */
	private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");

	private ServiceUserName() {
	}

	/**
	 * Refuse a name that cannot be one.
	 * @param name the name
	 * @return the same
	 */
	static String validate(String name) {
		if (!NAME.matcher(name).matches()) {
			throw new InvalidServiceUserNameException(name,
					"its name must be of lower case letters, digits and hyphens, begin and end with a letter or "
							+ "digit, and have at most 64 characters");
		}
		return name;
	}

	/**
	 * Return the prefix of the properties that describe a user.
	 * @param name the name
	 * @return the prefix, without a dot at its end
	 */
	static String propertyPrefix(String name) {
		return name.equals(ServiceUserClient.DEFAULT_NAME) ? "zitadel.service-user" : "zitadel.service-users." + name;
	}

	/**
	 * Return what to call a user in a sentence.
	 * @param name the name
	 * @return such as "the ZITADEL service user 'billing'"
	 */
	static String describe(String name) {
		return "the ZITADEL service user" + (name.equals(ServiceUserClient.DEFAULT_NAME) ? "" : " '" + name + "'");
	}

}
