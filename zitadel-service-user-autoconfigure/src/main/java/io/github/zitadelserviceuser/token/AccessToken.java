// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Access token (RFC 6749, section 1.4) together with its life as the local clock saw it.
 * The value is opaque: whether it is a JWT is the business of whoever issued it.
 * <p>
 * Two tokens are the same if their values are, whenever they were issued: a server that
 * rejected one rejects the other.
 * <p>
 * The value is a secret. It is left out of {@link #toString()}, and a record is not
 * {@link java.io.Serializable serializable} on its own.
 *
 * @param value the token as it goes into the {@code Authorization} header
 * @param issuedAt the local time just before the request for it left
 * @param expiresAt {@code issuedAt} plus the lifetime that the server gave
 * @since 0.1.0
 */
public record AccessToken(String value, Instant issuedAt, Instant expiresAt) {

	public AccessToken {
		Objects.requireNonNull(value, "value must not be null");
		Objects.requireNonNull(issuedAt, "issuedAt must not be null");
		Objects.requireNonNull(expiresAt, "expiresAt must not be null");
		if (value.isEmpty()) {
			throw new IllegalArgumentException("value must not be empty");
		}
		if (!expiresAt.isAfter(issuedAt)) {
			throw new IllegalArgumentException("expiresAt must be after issuedAt");
		}
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof AccessToken token && this.value.equals(token.value));
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	@Override
	public String toString() {
		return "AccessToken[issuedAt=" + this.issuedAt + ", expiresAt=" + this.expiresAt + "]";
	}

}
