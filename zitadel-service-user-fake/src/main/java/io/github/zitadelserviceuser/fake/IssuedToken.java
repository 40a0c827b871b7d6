// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.time.Instant;
import java.util.Set;

/**
 * An access token as the server remembers it. {@link #toString()} leaves the value out.
 *
 * @param value the token itself, opaque or a JWT
 * @param id the id, which introspection and JWTs have as {@code jti}
 * @param userId the user it was issued to
 * @param scopes the scopes that were granted: those asked for, in order, less the unknown
 * ones
 * @param audience the project ids that the granted scopes ask for
 * @param issuedAt when it was issued, by the clock of the fake
 * @param expiresAt when it ends, by the clock of the fake
 * @since 0.1.0
 */
public record IssuedToken(String value, String id, String userId, Set<String> scopes, Set<String> audience,
		Instant issuedAt, Instant expiresAt) {

	IssuedToken withValue(String value) {
		return new IssuedToken(value, this.id, this.userId, this.scopes, this.audience, this.issuedAt, this.expiresAt);
	}

	boolean isPersonal() {
		return !this.id.startsWith("V2_");
	}

	@Override
	public String toString() {
		return "IssuedToken[userId=" + this.userId + ", scopes=" + this.scopes + ", issuedAt=" + this.issuedAt
				+ ", expiresAt=" + this.expiresAt + "]";
	}

}
