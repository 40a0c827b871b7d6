// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Says that the client of the token requests of a service user was to call out as a
 * service user itself: it would wait for the token that it is to obtain.
 *
 * @since 0.1.0
 */
public final class AuthorizedTokenRequestException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String propertyPrefix;

	private final String found;

	/**
	 * Create a new exception.
	 * @param name the name of the service user
	 * @param found what was found, after a colon and without a full stop
	 * @param cause what tells of it, if anything
	 */
	public AuthorizedTokenRequestException(String name, String found, @Nullable Throwable cause) {
		super("The token requests of " + ServiceUserName.describe(name)
				+ " cannot be made with the token that they are to obtain: " + found, cause);
		this.propertyPrefix = ServiceUserName.propertyPrefix(name);
		this.found = found;
	}

	/**
	 * Return the prefix of the properties that describe the user.
	 * @return the prefix, without a dot at its end
	 */
	public String getPropertyPrefix() {
		return this.propertyPrefix;
	}

	/**
	 * Return what was found.
	 * @return part of a sentence
	 */
	public String getFound() {
		return this.found;
	}

}
