// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.security.PublicKey;
import java.time.Instant;

/**
 * The server's half of a key: what it keeps to check signatures with.
 *
 * @param publicKey the public key
 * @param expirationDate when it ceases to be valid
 */
record VerificationKey(PublicKey publicKey, Instant expirationDate) {

	boolean isValidAt(Instant time) {
		return time.isBefore(this.expirationDate);
	}

}
