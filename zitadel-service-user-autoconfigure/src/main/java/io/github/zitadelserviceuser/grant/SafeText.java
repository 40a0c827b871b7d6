// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Text of a server, fit to be shown in a message. A server may echo what it was sent: a
 * long run of characters of which keys, assertions and tokens are made is left out, and
 * so are line breaks, by which it could forge a line of a log.
 */
final class SafeText {

	private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9+/=_.~-]{40,}");

	private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]+");

	private static final int LENGTH = 300;

	private static final int LONGEST_NAME = 253;

	private static final int LONGEST_WORD = 31;

	private SafeText() {
	}

	static String of(@Nullable String text) {
		if (text == null) {
			return "";
		}
		// Whole, since of a secret that was cut the rest may be too short to be
		// recognised.
		String safe = SECRET.matcher(UNPRINTABLE.matcher(text).replaceAll(" "))
			.replaceAll((run) -> isName(run.group()) ? run.group() : "[...]")
			.strip();
		return (safe.length() > LENGTH) ? safe.substring(0, LENGTH) + "..." : safe;
	}

	/**
	 * Return whether a text can be shown as it is.
	 * @param text the text
	 * @return whether {@link #of(String)} would leave it as it is
	 */
	static boolean isSafe(@Nullable String text) {
		return text == null || of(text).equals(text);
	}

	/**
	 * Return whether a run is made of words in lower case, as a host name or a path is.
	 * Base64 of that length has capital letters.
	 * @param run a run of characters without spaces
	 * @return whether it is a name
	 */
	private static boolean isName(String run) {
		int word = 0;
		for (int i = 0; i < run.length(); i++) {
			char character = run.charAt(i);
			boolean separator = "./-_".indexOf(character) != -1;
			boolean letter = (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
			word = separator ? 0 : word + 1;
			if (!(separator || letter) || word > LONGEST_WORD) {
				return false;
			}
		}
		return run.length() <= LONGEST_NAME;
	}

}
