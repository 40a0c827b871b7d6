// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Tells what of a location may be shown. People paste the key itself where its location
 * belongs, so a value is shown only if it cannot be a key or a token.
 *
 * @since 0.1.0
 */
public final class SafeLocation {

	/** Two letters at least: one is a drive letter of Windows. */
	private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]+):");

	private static final Pattern CONTENT = Pattern.compile("[\\r\\n]|-----|PRIVATE KEY|^[\"'\\s]*[{\\[]");

	/** How the Base64 of a JSON, of a PEM or of DER begins, and how a JWT does. */
	private static final Pattern ENCODED = Pattern.compile("^(?:ey|ew|LS0t|MII)[A-Za-z0-9+/=._-]{60,}$");

	/** A long word of mixed letters and digits without a dot. */
	private static final Pattern TOKEN = Pattern
		.compile("^(?=.*[A-Z])(?=.*[a-z])(?=.*[0-9])[A-Za-z0-9+_-][A-Za-z0-9+/=_-]{39,}$");

	private static final int LONGEST_SHOWN = 500;

	private SafeLocation() {
	}

	/**
	 * Return whether a location can be shown as it is.
	 * @param value the value of a property
	 * @return whether it is a path, or a {@code file:} or {@code classpath:} URL, and
	 * cannot be a key
	 */
	public static boolean isShowable(String value) {
		return !isContent(value) && isPath(scheme(value));
	}

	static String describe(String property, String value) {
		String scheme = scheme(value);
		if (isContent(value)) {
			return "the value of property '" + property + "'";
		}
		if (!isPath(scheme)) {
			return "'" + scheme + ":…' (property '" + property + "')";
		}
		return "'" + value + "' (property '" + property + "')";
	}

	static boolean isContent(String value) {
		String scheme = scheme(value);
		if (scheme == null) {
			return isContentWithoutScheme(value);
		}
		return !scheme.equals("base64") && isContentWithoutScheme(value.substring(scheme.length() + 1));
	}

	static @Nullable String scheme(String value) {
		var matcher = SCHEME.matcher(value);
		return matcher.find() ? matcher.group(1).toLowerCase(Locale.ROOT) : null;
	}

	private static boolean isPath(@Nullable String scheme) {
		return scheme == null || scheme.equals("file") || scheme.equals("classpath");
	}

	private static boolean isContentWithoutScheme(String value) {
		return value.length() > LONGEST_SHOWN || CONTENT.matcher(value).find() || ENCODED.matcher(value).find()
				|| TOKEN.matcher(value).find();
	}

}
