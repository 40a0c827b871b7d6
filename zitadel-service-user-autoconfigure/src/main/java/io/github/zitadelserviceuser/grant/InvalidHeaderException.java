// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.Serial;

/**
 * Says that a header which is configured for requests to ZITADEL cannot be sent. Nothing
 * of its value is told.
 *
 * @since 0.1.0
 */
public final class InvalidHeaderException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String property;

	private final String found;

	private final String action;

	/**
	 * Create a new exception.
	 * @param property the full name of the property
	 * @param found what is wrong with it, after a colon and without a full stop
	 * @param action what to do about it, whole sentences
	 */
	public InvalidHeaderException(String property, String found, String action) {
		super("The header in '" + property + "' cannot be sent with each request to ZITADEL: " + found + ". " + action);
		this.property = property;
		this.found = found;
		this.action = action;
	}

	/**
	 * Return the property.
	 * @return its full name
	 */
	public String getProperty() {
		return this.property;
	}

	/**
	 * Return what is wrong with the header.
	 * @return part of a sentence
	 */
	public String getFound() {
		return this.found;
	}

	/**
	 * Return what to do about it.
	 * @return whole sentences
	 */
	public String getAction() {
		return this.action;
	}

}
