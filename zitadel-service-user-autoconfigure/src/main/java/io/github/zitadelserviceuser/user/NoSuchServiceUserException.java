// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.io.Serial;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says that there is no service user of a name, and which there are.
 *
 * @since 0.1.0
 */
public final class NoSuchServiceUserException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String name;

	@SuppressWarnings("serial") // a set of strings that can be written
	private final Set<String> names;

	/**
	 * Create a new exception.
	 * @param name the name that was asked for
	 * @param names the names that there are
	 */
	public NoSuchServiceUserException(String name, Collection<String> names) {
		super("There is no service user '" + name + "'; there are " + new TreeSet<>(names));
		this.name = name;
		this.names = new TreeSet<>(names);
	}

	/**
	 * Return the name that was asked for.
	 * @return the name
	 */
	public String getName() {
		return this.name;
	}

	/**
	 * Return the names that there are.
	 * @return the names, in alphabetical order
	 */
	public Set<String> getNames() {
		return this.names;
	}

}
