// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

/**
 * Told what happens to the key while the application runs: what logs hang on.
 * <p>
 * Methods are called after the event has taken effect, on the thread that read the key.
 * They return at once and do not block; what they throw is logged as a warning, under the
 * name of {@link LastGoodKey}, and reaches nobody else.
 *
 * @since 0.1.0
 */
public interface KeyListener {

	/**
	 * Another key was read than before, and is used from now on.
	 * @param before the key that was used until now
	 * @param now the new key
	 */
	default void onReplaced(ServiceUserKey before, ServiceUserKey now) {
	}

	/**
	 * The key could not be read, and the one before is still used. This is told once for
	 * as long as the same is wrong.
	 * @param failure why it cannot be read
	 * @param kept the key that is still used
	 */
	default void onUnreadable(InvalidServiceUserKeyException failure, ServiceUserKey kept) {
	}

	/**
	 * The key can be read again.
	 * @param now the key that is used from now on, which may be the same one
	 */
	default void onReadable(ServiceUserKey now) {
	}

}
