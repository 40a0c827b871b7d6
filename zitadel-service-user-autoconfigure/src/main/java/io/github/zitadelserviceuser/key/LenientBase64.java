// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.util.Base64;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Decodes Base64 the way it arrives through environment variables and secret stores:
 * standard or URL-safe, padded or not, with line breaks, real or written out.
 */
final class LenientBase64 {

	private static final Pattern IGNORED = Pattern.compile("\\s|\\\\+[rn]|=+\\s*$");

	private LenientBase64() {
	}

	/**
	 * Decode the given text.
	 * @param text the text to decode
	 * @return the bytes, or {@code null} if the text is not Base64 or was cut off
	 */
	static byte @Nullable [] decode(String text) {
		String compact = IGNORED.matcher(text).replaceAll("").replace('-', '+').replace('_', '/');
		try {
			return Base64.getDecoder().decode(compact);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
