// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.text.ParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a key's JSON, and what is wrong where there is no JSON or no such field.
 */
final class KeyJson {

	static final String CREATE_KEY = "In ZITADEL's console create a key of type JSON on the 'Keys' page of the service "
			+ "user and use the file it offers.";

	private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F]");

	private static final Pattern WORD = Pattern.compile("[A-Za-z0-9+/=._~-]{20,}");

	private final Map<String, Object> fields;

	private final SecretLocation location;

	private KeyJson(Map<String, Object> fields, SecretLocation location) {
		this.fields = fields;
		this.location = location;
	}

	static KeyJson parse(String text, SecretLocation location) {
		KeyJson json = parseObject(text, location);
		String wrapped = json.has("key") ? null : json.findWrapped();
		return (wrapped != null) ? parseObject(KeyText.unwrap(wrapped), location) : json;
	}

	private static KeyJson parseObject(String text, SecretLocation location) {
		if (!KeyText.isJson(text)) {
			throw refuseText(text, location);
		}
		try {
			// Shells turn the \n of the PEM into line breaks, which a JSON string may not
			// have. A blank does as well everywhere else.
			return new KeyJson(JSONObjectUtils.parse(CONTROL.matcher(text).replaceAll(" ")), location);
		}
		catch (ParseException ex) {
			throw location.refuse(null, "the JSON is damaged or was cut off",
					"Copy the file again, whole and unchanged. " + CREATE_KEY);
		}
	}

	/**
	 * Find the key in the answer of ZITADEL's API to the request that created it, saved
	 * as it was.
	 * @return the Base64 of the JSON, or {@code null} if this is no such answer
	 */
	private @Nullable String findWrapped() {
		return has("keyContent") ? find("keyContent") : find("keyDetails");
	}

	/**
	 * Return whether this is what {@code kubectl get secret -o json} shows.
	 * @return whether it is a Secret, whatever it holds
	 */
	boolean isKubernetesSecret() {
		return "Secret".equals(this.fields.get("kind")) && !has("key");
	}

	/**
	 * Return whether this is the key of a system user: a TLS secret in one JSON, as
	 * secret stores keep it, or an entry of {@code SystemAPIUsers}.
	 * @return whether it is of no use here
	 */
	boolean isSystemUser() {
		return has("tls.key") || isSystemApiUser(this.fields)
				|| this.fields.values()
					.stream()
					.anyMatch((value) -> value instanceof Map<?, ?> map && isSystemApiUser(map))
				|| (this.fields.get("type") instanceof String type
						&& type.toLowerCase(Locale.ROOT).startsWith("system"));
	}

	private static boolean isSystemApiUser(Map<?, ?> fields) {
		return fields.containsKey("KeyData") || (fields.containsKey("Path") && fields.size() <= 2);
	}

	boolean has(String field) {
		return this.fields.get(field) != null;
	}

	@Nullable String find(String field) {
		Object value = this.fields.get(field);
		if (value == null) {
			return null;
		}
		if (value instanceof String || value instanceof Long) {
			return value.toString().strip();
		}
		throw this.location.refuse(field, "field '" + field + "' of the JSON is not a string",
				"Put it in quotes, or use the file as ZITADEL's console offered it for download.");
	}

	String require(String field) {
		String value = find(field);
		if (value == null || value.isEmpty()) {
			throw this.location.refuse(field,
					"field '" + field + "' of the JSON is " + ((value != null) ? "empty" : "missing"), CREATE_KEY);
		}
		return value;
	}

	private static InvalidCredentialException refuseText(String text, SecretLocation location) {
		if (text.startsWith("[") || text.startsWith("\"") || text.equals("null")) {
			return location.refuse(null, "there is JSON, but not an object with the fields of a key", CREATE_KEY);
		}
		if (KeyText.isPem(text)) {
			return location.refuse(null, "there is a PEM, not a JSON",
					"For the private key of a key pair of one's own set '" + location.property("private-key-location")
							+ "', '" + location.property("user-id") + "' and '" + location.property("key-id")
							+ "' instead of '" + location.property()
							+ "'. The key of a system user, which charts keep as 'tls.key' in a TLS secret, is of no "
							+ "use: system users get no token. For a key file: " + CREATE_KEY);
		}
		if (text.startsWith("<")) {
			return location.refuse(null, "there is HTML or XML, not JSON", CREATE_KEY);
		}
		if (WORD.matcher(text).matches()) {
			return location.refuse(null,
					"there is a single word, perhaps a personal access token or another token, not JSON", CREATE_KEY);
		}
		return location.refuse(null, "there is no JSON", CREATE_KEY);
	}

}
