// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;

/**
 * Takes off what editors, shells and secret stores put around a key: a byte order mark,
 * white space, quotes, Base64.
 */
final class KeyText {

	/** Base64 in quotes in Base64 is as far as real deployments go. */
	private static final int MAX_LAYERS = 4;

	private KeyText() {
	}

	static String read(SecretLocation location) {
		byte[] bytes = location.read();
		String text = decode(bytes);
		if (text == null) {
			throw refuseBytes(bytes, location);
		}
		String unwrapped = unwrap(text);
		if (unwrapped.isEmpty()) {
			throw location.refuse(null, "there is nothing in it", "Put the key there.");
		}
		return unwrapped;
	}

	static String unwrap(String text) {
		String result = text;
		for (int layer = 0; layer < MAX_LAYERS; layer++) {
			result = unquote(result.strip());
			if (isJson(result) || isPem(result)) {
				return result;
			}
			byte[] bytes = LenientBase64.decode(result);
			String decoded = (bytes != null) ? decode(bytes) : null;
			if (decoded == null || decoded.isBlank()) {
				return result;
			}
			result = decoded;
		}
		return result;
	}

	static boolean isJson(String text) {
		return text.startsWith("{");
	}

	static boolean isPem(String text) {
		return text.contains("-----BEGIN ");
	}

	/**
	 * Decode text that is UTF-8, strictly.
	 * @param bytes the bytes
	 * @return the text, or {@code null} if the bytes are something else
	 */
	static @Nullable String decode(byte[] bytes) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return (text.indexOf('\0') < 0) ? (text.startsWith("\uFEFF") ? text.substring(1) : text) : null;
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	private static String unquote(String text) {
		if (text.startsWith("{\\\"")) {
			return unescape('"' + text + '"', text);
		}
		if (text.length() < 2 || text.charAt(0) != text.charAt(text.length() - 1)) {
			return text;
		}
		String inner = text.substring(1, text.length() - 1).strip();
		return switch (text.charAt(0)) {
			case '"' -> unescape(text, inner);
			case '\'' -> inner;
			default -> text;
		};
	}

	private static String unescape(String quoted, String otherwise) {
		try {
			Map<String, Object> json = JSONObjectUtils.parse("{\"text\":" + quoted + "}");
			return (json.get("text") instanceof String text) ? text.strip() : otherwise;
		}
		catch (ParseException ex) {
			return otherwise;
		}
	}

	private static InvalidCredentialException refuseBytes(byte[] bytes, SecretLocation location) {
		int first = bytes[0] & 0xFF;
		int second = (bytes.length > 1) ? bytes[1] & 0xFF : 0;
		boolean marked = (first == 0xFF && second == 0xFE) || (first == 0xFE && second == 0xFF);
		if (marked || first == 0 || second == 0) {
			return location.refuse(null, "the content is UTF-16", "Save it as UTF-8.");
		}
		return location.refuse(null, "the content is binary, perhaps DER or a key store",
				"Text is needed: the JSON from ZITADEL's console for '" + location.property("key-location")
						+ "', or a PEM for '" + location.property("private-key-location")
						+ "' ('openssl pkey -inform DER -in FILE -out key.pem' makes one from DER).");
	}

}
