// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when there is no usable credential where one was expected. The message is a
 * whole answer: where, what was found there, and what to do; its parts are there for a
 * failure analysis. It never holds any part of the credential, and it has no cause, whose
 * message might.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public sealed class InvalidCredentialException extends RuntimeException permits InvalidServiceUserKeyException {

	private final String credential;

	private final String location;

	private final @Nullable String field;

	private final String found;

	private final String action;

	/**
	 * Create an exception. None of the arguments may hold any part of a credential.
	 * @param credential what is not usable, such as "client secret"
	 * @param location where it was looked for, in words
	 * @param field the field or property that is wrong, or {@code null} if it is not a
	 * single one
	 * @param found what was found, a sentence without its full stop
	 * @param action what to do about it, whole sentences
	 */
	public InvalidCredentialException(String credential, String location, @Nullable String field, String found,
			String action) {
		super("No usable service user " + credential + " in " + location + ": " + found + ". " + action);
		this.credential = credential;
		this.location = location;
		this.field = field;
		this.found = found;
		this.action = action;
	}

	/**
	 * What is not usable.
	 * @return the kind of credential in words, such as "client secret"
	 */
	public String credential() {
		return this.credential;
	}

	/**
	 * Where the credential was looked for: the property and, if it is safe to show, its
	 * value.
	 * @return the location in words
	 */
	public String location() {
		return this.location;
	}

	/**
	 * The field of the JSON or the property that is wrong.
	 * @return the name, or {@code null} if it is not a single one
	 */
	public @Nullable String field() {
		return this.field;
	}

	/**
	 * What was found instead of a usable credential.
	 * @return a sentence without its full stop
	 */
	public String found() {
		return this.found;
	}

	/**
	 * What to do about it.
	 * @return whole sentences
	 */
	public String action() {
		return this.action;
	}

}
