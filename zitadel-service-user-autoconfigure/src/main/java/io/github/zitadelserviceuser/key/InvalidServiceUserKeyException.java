// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when there is no usable key where one was expected. Its name is that long since
 * {@code java.security} has an {@code InvalidKeyException}, and both would meet in one
 * file.
 *
 * @since 0.1.0
 */
@SuppressWarnings("serial")
public final class InvalidServiceUserKeyException extends InvalidCredentialException {

	/**
	 * Create an exception. None of the arguments may hold any part of a key.
	 * @param location where the key was looked for, in words
	 * @param field the field or property that is wrong, or {@code null} if it is not a
	 * single one
	 * @param found what was found, a sentence without its full stop
	 * @param action what to do about it, whole sentences
	 */
	public InvalidServiceUserKeyException(String location, @Nullable String field, String found, String action) {
		super(CredentialKind.KEY.noun(), location, field, found, action);
	}

}
