// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Text that cannot be guessed, in the two forms that ZITADEL has for it.
 */
final class RandomText {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final String ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	private RandomText() {
	}

	static String alphanumeric(int length) {
		return RANDOM.ints(length, 0, ALPHANUMERIC.length())
			.map(ALPHANUMERIC::charAt)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	static String base64url(int bytes) {
		byte[] value = new byte[bytes];
		RANDOM.nextBytes(value);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
	}

}
