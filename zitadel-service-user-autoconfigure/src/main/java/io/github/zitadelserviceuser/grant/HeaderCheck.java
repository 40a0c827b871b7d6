// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Tells which headers can be sent with each request to ZITADEL, by all client libraries
 * alike. One that is refused here would be dropped in silence by one of them, break a
 * request, or take the place of the token.
 */
final class HeaderCheck {

	/** What HTTP and gRPC have in common; HTTP has some more, which nobody uses. */
	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

	private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");

	/** Of HTTP (RFC 9110, section 7.6.1), and what a library says of itself. */
	private static final Set<String> OF_THE_CONNECTION = Set.of("connection", "expect", "http2-settings", "keep-alive",
			"proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

	/** {@code HttpURLConnection} drops them. */
	private static final Set<String> OF_BROWSERS = Set.of("access-control-request-headers",
			"access-control-request-method", "origin", "via");

	private HeaderCheck() {
	}

	/**
	 * Refuse a header that cannot be sent.
	 * @param propertyPrefix the prefix of the properties to name in errors
	 * @param headers the values by name; an empty one is none
	 * @return the headers to send, whose names are equal whatever their case
	 * @throws InvalidHeaderException if one of them cannot be sent
	 */
	static Map<String, String> check(String propertyPrefix, Map<String, String> headers) {
		Map<String, String> checked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach((name, value) -> {
			if (StringUtils.hasText(value)) {
				checkName(propertyPrefix, name);
				checkValue(propertyPrefix + ".headers." + name, value);
				checked.put(name, value);
			}
		});
		return Collections.unmodifiableMap(checked);
	}

	private static void checkName(String prefix, String name) {
		if (!NAME.matcher(name).matches()) {
			// Not shown: it may be the value that was written there.
			throw new InvalidHeaderException(prefix + ".headers",
					"one of the names has characters other than letters, digits, '-', '_' and '.'",
					"Write the name of the header after '" + prefix + ".headers.', and its value as the value.");
		}
		String lowerCase = name.toLowerCase(Locale.ROOT);
		String property = prefix + ".headers." + name;
		switch (lowerCase) {
			case "authorization" ->
				throw new InvalidHeaderException(property, "the token of the service user goes there",
						"Remove it. What stands before ZITADEL needs credentials in another header, such as "
								+ "Proxy-Authorization or one of its own.");
			case "host" -> throw new InvalidHeaderException(property, "it follows from the URL that is called",
					"Remove it. If ZITADEL is reached by another address than the issuer's, set '" + prefix
							+ ".base-url' to that address.");
			case AuthorizationServer.INSTANCE_HOST_HEADER ->
				throw new InvalidHeaderException(property, "it follows from the issuer", "Remove it, and set '" + prefix
						+ ".base-url' to the internal address of the instance: the header is sent there.");
			default -> {
				String found = found(lowerCase);
				if (found != null) {
					throw new InvalidHeaderException(property, found, "Remove it.");
				}
			}
		}
	}

	private static @Nullable String found(String name) {
		if (OF_THE_CONNECTION.contains(name)) {
			return "it is about a connection, and up to the HTTP client";
		}
		if (name.startsWith("content-") || name.startsWith("accept")) {
			return "it is about the content of one request or answer, and set with each request";
		}
		if (OF_BROWSERS.contains(name) || name.startsWith("sec-")) {
			return "it is one of browsers and proxies, and not every HTTP client sends it";
		}
		return (name.startsWith("grpc-") || name.endsWith("-bin")) ? "gRPC keeps such names to itself" : null;
	}

	private static void checkValue(String property, String value) {
		if (!PRINTABLE.matcher(value).matches()) {
			throw new InvalidHeaderException(property,
					"its value has a line break, or another character that is not of printable ASCII",
					"Remove that character. If the value comes from a file, the file most likely ends with a line break.");
		}
		if (!value.equals(value.strip())) {
			throw new InvalidHeaderException(property, "its value begins or ends with a blank",
					"Remove the blank, which would not arrive.");
		}
	}

}
