// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

/**
 * The socket for a way to obtain a token: one call is one exchange with the authorization
 * server. A new assertion, or whatever else the exchange needs, is made for each call.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TokenGrant {

	/**
	 * Request a new token. This method blocks; it is called on a background thread, by
	 * one thread at a time, except that an attempt which ignored its interruption may
	 * still run. It gives up in good time when that thread is interrupted, and neither
	 * caches nor repeats for a transient failure: both are its caller's business.
	 * @return the answer
	 * @throws TokenRequestException if there is no token to be had
	 */
	TokenResponse request();

	/**
	 * Request another token than one that a resource server rejected and that is held
	 * still. What holds for {@link #request()} holds here. A grant that wraps another one
	 * passes this on, or all its tokens count as new ones.
	 * @param rejected the token that was rejected
	 * @return the answer
	 * @throws TokenRequestException if there is no other token to be had
	 */
	default TokenResponse replace(AccessToken rejected) {
		return request();
	}

}
