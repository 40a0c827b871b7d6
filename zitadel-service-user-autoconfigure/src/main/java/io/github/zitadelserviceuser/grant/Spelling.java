// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.util.Collection;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Finds what was meant by what is misspelt.
 *
 * @since 0.1.0
 */
public final class Spelling {

	private Spelling() {
	}

	/**
	 * Return what is spelt most alike, upper and lower case being the same.
	 * @param text what was written
	 * @param known what can be meant
	 * @return the nearest, or {@code null} if more than two characters, and more than a
	 * quarter of them, differ in each
	 */
	public static @Nullable String nearest(String text, Collection<String> known) {
		String nearest = null;
		int least = Math.max(2, text.length() / 4) + 1;
		for (String candidate : known) {
			int distance = distance(text.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
			if (distance < least) {
				least = distance;
				nearest = candidate;
			}
		}
		return nearest;
	}

	// How many characters have to be added, removed or replaced to make one text of the
	// other (Levenshtein).
	private static int distance(String one, String other) {
		int[] row = new int[other.length() + 1];
		for (int j = 0; j <= other.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= one.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= other.length(); j++) {
				int replaced = diagonal + ((one.charAt(i - 1) != other.charAt(j - 1)) ? 1 : 0);
				diagonal = row[j];
				row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[other.length()];
	}

}
