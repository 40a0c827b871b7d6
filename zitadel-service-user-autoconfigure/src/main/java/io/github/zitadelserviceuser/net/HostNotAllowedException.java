// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.net;

import java.io.Serial;

/**
 * Says that a request was not sent because its target may not have the token, and which
 * property would change that.
 *
 * @since 0.1.0
 * @see AllowedHosts
 */
public final class HostNotAllowedException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Create a new exception.
	 * @param message what was refused, and what would allow it
	 */
	public HostNotAllowedException(String message) {
		super(message);
	}

}
