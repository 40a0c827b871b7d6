// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.io.Serial;

/**
 * Says that a property which is required has no value.
 *
 * @since 0.1.0
 */
public final class MissingPropertyException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String property;

	private final String needed;

	/**
	 * Create a new exception.
	 * @param property the full name of the property
	 * @param needed what it has to be set to, after "It is needed: "
	 */
	public MissingPropertyException(String property, String needed) {
		super("The property '" + property + "' is not set. It is needed: " + needed);
		this.property = property;
		this.needed = needed;
	}

	/**
	 * Return the property.
	 * @return its full name
	 */
	public String getProperty() {
		return this.property;
	}

	/**
	 * Return what the property has to be set to.
	 * @return part of a sentence
	 */
	public String getNeeded() {
		return this.needed;
	}

}
