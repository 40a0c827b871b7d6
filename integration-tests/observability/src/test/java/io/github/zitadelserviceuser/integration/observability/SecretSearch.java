// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.observability;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;

/**
 * Looks for known secrets in texts of any size. Any piece of at least 39 characters of a
 * secret is found, and none shorter than 20.
 */
final class SecretSearch {

	private static final int WINDOW = 20;

	private final Map<String, String> windows = new HashMap<>();

	SecretSearch add(String name, String secret) {
		if (secret.length() < 2 * WINDOW) {
			throw new IllegalArgumentException("'" + name + "' is too short to be told from other text");
		}
		for (int i = 0; i + WINDOW <= secret.length(); i++) {
			this.windows.put(secret.substring(i, i + WINDOW), name);
		}
		return this;
	}

	/**
	 * Add a key in all forms in which it may come: as it is stored, and as numbers.
	 */
	SecretSearch add(FakeServiceUserKey key) {
		for (String pem : List.of(key.pem(), key.pkcs8Pem())) {
			String body = pem.lines().filter((line) -> !line.startsWith("-----")).reduce("", String::concat);
			add("key", body);
		}
		add("key file", key.base64());
		RSAPrivateCrtKey rsa = (RSAPrivateCrtKey) key.privateKey();
		for (BigInteger number : List.of(rsa.getPrivateExponent(), rsa.getPrimeP(), rsa.getPrimeQ())) {
			add("key as a number", number.toString());
			add("key as a number", number.toString(16));
			add("key as bytes", new String(number.toByteArray(), StandardCharsets.ISO_8859_1));
		}
		return this;
	}

	/**
	 * Add all that a ZITADEL was sent and has issued.
	 */
	SecretSearch add(FakeZitadel zitadel, Wire wire) {
		wire.assertions().forEach((assertion) -> add("assertion", assertion));
		zitadel.issuedTokens().forEach((token) -> add("token", token.value()));
		return this;
	}

	/**
	 * Return the names of the secrets that a text holds a piece of.
	 */
	Set<String> in(String text) {
		Set<String> found = new TreeSet<>();
		// A PEM is broken into lines, and lines may be escaped.
		for (String form : List.of(text, text.replaceAll("\\\\r|\\\\n|[\\r\\n]", ""))) {
			for (int i = 0; i + WINDOW <= form.length(); i += WINDOW) {
				String name = this.windows.get(form.substring(i, i + WINDOW));
				if (name != null) {
					found.add(name);
				}
			}
		}
		return found;
	}

	/**
	 * Return all that can come out of an exception: its trace with all causes, and what
	 * those of them that are ours are serialized to.
	 */
	static String textOf(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause.getClass().getName().startsWith("io.github.zitadelserviceuser")) {
				text.append(serialized(cause));
			}
		}
		return text.toString();
	}

	private static String serialized(Throwable failure) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(failure);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toString(StandardCharsets.ISO_8859_1);
	}

}
