// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import io.github.zitadelserviceuser.key.SafeLocation;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Keeps a key that was given as the value of a property out of {@code /actuator/env} and
 * {@code /actuator/configprops}, however the property is written, and wherever else the
 * same value or a part of it stands: a variable that it is composed of, the command line,
 * a JSON of properties. A plain path stays visible.
 */
final class ServiceUserKeySanitizingFunction implements SanitizingFunction {

	private static final Pattern NAME = Pattern.compile("zitadelserviceuser(s[a-z0-9]+)?(private)?keylocation");

	private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^a-z0-9]");

	private static final Pattern KEY = Pattern.compile("base64:|PRIVATE KEY|[A-Za-z0-9+/=_-]{100,}");

	private static final Pattern BETWEEN_PARTS = Pattern.compile("\\s|\\\\+[rn]");

	private static final Pattern SCHEME = Pattern.compile("^base64:", Pattern.CASE_INSENSITIVE);

	/** Less of a key is of no use, and may be the beginning of any JSON. */
	private static final int SHORTEST_PART = 40;

	private final Supplier<Set<String>> locations;

	/**
	 * Create a new function.
	 * @param locations the locations that are in use
	 */
	ServiceUserKeySanitizingFunction(Supplier<Set<String>> locations) {
		this.locations = locations;
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		return (data.getValue() instanceof CharSequence value && holdsKey(data.getKey(), value.toString()))
				? data.withSanitizedValue() : data;
	}

	private boolean holdsKey(String name, String value) {
		if (NAME.matcher(normalize(name)).matches()) {
			return !SafeLocation.isShowable(value);
		}
		return mentionsKey(value) || this.locations.get()
			.stream()
			.anyMatch((location) -> !SafeLocation.isShowable(location) && isRelated(compact(value), compact(location)));
	}

	// A location is put together from variables, with or without what stands before its
	// content, and each of them is shown by itself.
	private static boolean isRelated(String value, String location) {
		String content = SCHEME.matcher(location).replaceFirst("");
		return value.contains(location) || (content.length() >= SHORTEST_PART && value.contains(content))
				|| (value.length() >= SHORTEST_PART && location.contains(value));
	}

	private static String compact(String text) {
		return BETWEEN_PARTS.matcher(text).replaceAll("");
	}

	private static boolean mentionsKey(String value) {
		if (!KEY.matcher(value).find()) {
			return false;
		}
		String text = normalize(value);
		return text.contains("zitadel") && text.contains("keylocation");
	}

	private static String normalize(@Nullable String text) {
		return (text != null) ? NEITHER_LETTER_NOR_DIGIT.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("") : "";
	}

}
