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
 * Keeps a key, client secret, personal access token or header that was given as the value
 * of a property out of {@code /actuator/env} and {@code /actuator/configprops}, however
 * the property is written, and wherever else the same value or a part of it stands: a
 * variable that it is composed of, the command line, a JSON of properties. A plain path
 * stays visible.
 */
final class ServiceUserSecretSanitizingFunction implements SanitizingFunction {

	private static final Pattern LOCATION = Pattern
		.compile("zitadelserviceuser(s[a-z0-9]+)?(keylocation|privatekeylocation|clientsecretlocation"
				+ "|personalaccesstokenlocation)");

	private static final Pattern VALUE = Pattern
		.compile("zitadelserviceuser(s[a-z0-9]+)?(clientsecret|personalaccesstoken|headers[a-z0-9]+)");

	private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^a-z0-9]");

	private static final Pattern KEY = Pattern.compile("base64:|PRIVATE KEY|[A-Za-z0-9+/=_-]{100,}");

	/** Those of ZITADEL's have 64 characters and more. A long path has slashes. */
	private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{40,}");

	private static final Pattern BETWEEN_PARTS = Pattern.compile("\\s|\\\\+[rn]");

	private static final Pattern SCHEME = Pattern.compile("^base64:", Pattern.CASE_INSENSITIVE);

	/** Less of a key is of no use, and may be the beginning of any JSON. */
	private static final int SHORTEST_PART = 40;

	/** A shorter one is found within other words by chance. */
	private static final int SHORTEST_SECRET = 8;

	private final Supplier<Set<String>> secrets;

	/**
	 * Create a new function.
	 * @param secrets the values that are in use and are not to be shown
	 */
	ServiceUserSecretSanitizingFunction(Supplier<Set<String>> secrets) {
		this.secrets = secrets;
	}

	@Override
	public SanitizableData apply(SanitizableData data) {
		return (data.getValue() instanceof CharSequence value && holdsSecret(data.getKey(), value.toString()))
				? data.withSanitizedValue() : data;
	}

	private boolean holdsSecret(String name, String value) {
		String normalized = normalize(name);
		if (LOCATION.matcher(normalized).matches()) {
			return !SafeLocation.isShowable(value);
		}
		return (VALUE.matcher(normalized).matches() && !value.isEmpty()) || mentionsSecret(value)
				|| this.secrets.get().stream().anyMatch((secret) -> isRelated(compact(value), compact(secret)));
	}

	// A value is put together from variables, with or without what stands before its
	// content, and each of them is shown by itself.
	private static boolean isRelated(String value, String secret) {
		String content = SCHEME.matcher(secret).replaceFirst("");
		return value.equals(secret) || (secret.length() >= SHORTEST_SECRET && value.contains(secret))
				|| (content.length() >= SHORTEST_PART && value.contains(content))
				|| (value.length() >= SHORTEST_PART && secret.contains(value));
	}

	private static String compact(String text) {
		return BETWEEN_PARTS.matcher(text).replaceAll("");
	}

	private static boolean mentionsSecret(String value) {
		boolean key = KEY.matcher(value).find();
		boolean secret = SECRET.matcher(value).find();
		if (!key && !secret) {
			return false;
		}
		String text = normalize(value);
		return text.contains("zitadel") && ((key && text.contains("keylocation"))
				|| (secret && (text.contains("clientsecret") || text.contains("personalaccesstoken"))));
	}

	private static String normalize(@Nullable String text) {
		return (text != null) ? NEITHER_LETTER_NOR_DIGIT.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("") : "";
	}

}
