// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.io.Serial;

/**
 * Says that a service user cannot have a name, and why.
 *
 * @since 0.1.0
 */
public final class InvalidServiceUserNameException extends IllegalArgumentException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String name;

	/**
	 * Create a new exception.
	 * @param name the name
	 * @param problem why it cannot be one, after "A service user cannot be called ...: "
	 */
	public InvalidServiceUserNameException(String name, String problem) {
		super("A service user cannot be called '" + name + "': " + problem);
		this.name = name;
	}

	/**
	 * Return the name.
	 * @return the name, as it was given
	 */
	public String getName() {
		return this.name;
	}

}
