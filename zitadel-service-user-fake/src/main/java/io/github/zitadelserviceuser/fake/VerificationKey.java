// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.security.PublicKey;
import java.time.Instant;

/**
 * The server's half of a key: what it keeps to check signatures with.
 *
 * @param publicKey the public key
 * @param knownFrom when the server comes to know it
 * @param expirationDate when it ceases to be valid
 */
record VerificationKey(PublicKey publicKey, Instant knownFrom, Instant expirationDate) {

	static VerificationKey of(PublicKey publicKey, Instant expirationDate) {
		return new VerificationKey(publicKey, Instant.MIN, expirationDate);
	}

	VerificationKey knownFrom(Instant time) {
		return new VerificationKey(this.publicKey, time, this.expirationDate);
	}

	VerificationKey expiringAt(Instant time) {
		return new VerificationKey(this.publicKey, this.knownFrom, time);
	}

	boolean isValidAt(Instant time) {
		return !time.isBefore(this.knownFrom) && time.isBefore(this.expirationDate);
	}

}
