// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of a token request, read as ZITADEL reads them: those of the body, if it
 * is a form, before those of the query. Where one is repeated, the first
 * {@code grant_type} counts but the last of any other.
 *
 * @param inBody the parameters of the body
 * @param inQuery the parameters of the query
 * @param malformed whether they cannot be read
 */
record TokenForm(Map<String, List<String>> inBody, Map<String, List<String>> inQuery, boolean malformed) {

	static TokenForm parse(HttpCall call) {
		try {
			String type = Objects.requireNonNullElse(call.header("content-type"), "").toLowerCase(Locale.ROOT);
			boolean form = type.split(";", -1)[0].trim().equals("application/x-www-form-urlencoded");
			boolean hasBody = form && Set.of("POST", "PUT", "PATCH").contains(call.method());
			return new TokenForm(decode(hasBody ? call.body() : ""), decode(call.query()),
					hasBody && call.bodyTooLarge());
		}
		catch (IllegalArgumentException ex) {
			return new TokenForm(Map.of(), Map.of(), true);
		}
	}

	private static Map<String, List<String>> decode(String text) {
		Map<String, List<String>> parameters = new LinkedHashMap<>();
		for (String pair : text.split("&", -1)) {
			if (pair.contains(";")) {
				throw new IllegalArgumentException("Semicolon in a form");
			}
			if (!pair.isEmpty()) {
				String[] parts = pair.split("=", 2);
				parameters.computeIfAbsent(decodePart(parts[0]), (name) -> new ArrayList<>())
					.add((parts.length == 2) ? decodePart(parts[1]) : "");
			}
		}
		return parameters;
	}

	private static String decodePart(String part) {
		return URLDecoder.decode(part, StandardCharsets.UTF_8);
	}

	String grantType() {
		List<String> values = values("grant_type");
		return values.isEmpty() ? "" : values.get(0);
	}

	String assertion() {
		return Objects.requireNonNullElse(last("assertion"), "");
	}

	String clientId() {
		return Objects.requireNonNullElse(last("client_id"), "");
	}

	String clientSecret() {
		return Objects.requireNonNullElse(last("client_secret"), "");
	}

	String token() {
		return Objects.requireNonNullElse(last("token"), "");
	}

	String clientAssertion() {
		return Objects.requireNonNullElse(last("client_assertion"), "");
	}

	String accessToken() {
		return Objects.requireNonNullElse(last("access_token"), "");
	}

	@Nullable String scope() {
		return last("scope");
	}

	private @Nullable String last(String name) {
		List<String> values = values(name);
		return values.isEmpty() ? null : values.get(values.size() - 1);
	}

	private List<String> values(String name) {
		List<String> values = new ArrayList<>(this.inBody.getOrDefault(name, List.of()));
		values.addAll(this.inQuery.getOrDefault(name, List.of()));
		return values;
	}

	@Override
	public String toString() {
		return "TokenForm[inBody=" + this.inBody.keySet() + ", inQuery=" + this.inQuery.keySet() + "]";
	}

}
