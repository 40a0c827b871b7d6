// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.security.interfaces.RSAPrivateKey;
import java.time.Instant;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The key a service user proves itself with: what it takes to sign an assertion (RFC 7523
 * section 3) that ZITADEL accepts. {@link #toString()} never shows the private key.
 *
 * @param userId the id of the service user, not its user name: a number, unless whoever
 * created the user through ZITADEL's API chose another
 * @param keyId the id ZITADEL gave to the key, the {@code kid} of an assertion
 * @param privateKey an RSA key of at least 2048 bits, as RFC 7518 section 3.3 demands
 * @param expirationDate when ZITADEL stops accepting the key; {@code null} if it never
 * does or if it is not known
 * @since 0.1.0
 */
public record ServiceUserKey(String userId, String keyId, RSAPrivateKey privateKey, @Nullable Instant expirationDate) {

	static final int MINIMUM_BITS = 2048;

	private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

	private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,200}");

	/**
	 * Create a key. An expiration date of {@code 9999-12-31T23:59:59Z} or later is
	 * ZITADEL's way to write "never" and becomes {@code null}.
	 * @throws IllegalArgumentException if an id is empty or not made of letters, digits,
	 * dots, hyphens and underscores, or the private key is too short; the message shows
	 * none of the values
	 */
	public ServiceUserKey {
		Assert.isTrue(isId(userId), "'userId' must be made of letters, digits, '.', '-' and '_'");
		Assert.isTrue(isId(keyId), "'keyId' must be made of letters, digits, '.', '-' and '_'");
		Assert.isTrue(privateKey.getModulus().bitLength() >= MINIMUM_BITS, "'privateKey' must have 2048 bits or more");
		expirationDate = (expirationDate != null && expirationDate.isBefore(NEVER)) ? expirationDate : null;
	}

	/**
	 * Whether ZITADEL no longer accepts this key.
	 * @param now the moment to judge by
	 * @return {@code true} from the expiration date on; {@code false} without one
	 */
	public boolean isExpired(Instant now) {
		return this.expirationDate != null && !now.isBefore(this.expirationDate);
	}

	@Override
	public String toString() {
		return "ServiceUserKey[userId=" + this.userId + ", keyId=" + this.keyId + ", expirationDate="
				+ ((this.expirationDate != null) ? this.expirationDate : "none") + "]";
	}

	static boolean isId(String text) {
		return ID.matcher(text).matches();
	}

}
