// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

/**
 * Told of each event in the life of a token: what metrics, health and logs hang on.
 * <p>
 * Methods are called after the event has taken effect, on the thread that made the token
 * request or another one for the purpose; {@link #onRejected} on that of the caller. They
 * return at once and do not block. What they throw, whatever it is, reaches nobody: it is
 * logged under the name of {@link RefreshingTokenSource}, once as a warning for each type
 * and at DEBUG from then on.
 *
 * @since 0.1.0
 */
public interface TokenListener {

	/**
	 * A token was obtained where none was held that could be used.
	 * @param token the new token
	 */
	default void onObtained(AccessToken token) {
	}

	/**
	 * A token was replaced while it could still be used, a rejected one included.
	 * @param token the new token
	 */
	default void onRefreshed(AccessToken token) {
	}

	/**
	 * A token was obtained, and the server did not say how long it lives. This is told of
	 * the first such token of a source only.
	 * @param token the token, with the lifetime that is assumed until resource servers
	 * reject a younger one
	 */
	default void onLifetimeUnknown(AccessToken token) {
	}

	/**
	 * An attempt to obtain a token failed. A held token, if any, is kept. One that ends
	 * because the source is closed is no failure.
	 * @param failure the cause
	 */
	default void onFailed(TokenRequestException failure) {
	}

	/**
	 * A resource server rejected a token. It is used until it is replaced.
	 * @param token the token that was rejected
	 */
	default void onRejected(AccessToken token) {
	}

}
