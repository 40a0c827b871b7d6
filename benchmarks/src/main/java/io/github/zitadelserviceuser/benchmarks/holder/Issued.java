// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.holder;

import java.time.Duration;
import java.time.Instant;

/**
 * The answer of a token endpoint.
 *
 * @param token the token
 * @param issuedAt when the answer was made
 * @param lifetime how long the token is valid
 * @since 0.1.0
 */
public record Issued(String token, Instant issuedAt, Duration lifetime) {

	Instant expiresAt() {
		return this.issuedAt.plus(this.lifetime);
	}

}
