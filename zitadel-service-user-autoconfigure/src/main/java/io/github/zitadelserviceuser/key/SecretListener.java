// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

/**
 * Told what happens to a client secret or a personal access token while the application
 * runs, as a {@link KeyListener} is of a key. The secret itself is not told.
 *
 * @since 0.1.0
 */
public interface SecretListener {

	/**
	 * Another secret was read than before, and is used from now on.
	 */
	default void onReplaced() {
	}

	/**
	 * The secret could not be read, and the one before is still used. This is told once
	 * for as long as the same is wrong.
	 * @param failure why it cannot be read
	 */
	default void onUnreadable(InvalidCredentialException failure) {
	}

	/**
	 * The secret can be read again.
	 */
	default void onReadable() {
	}

}
