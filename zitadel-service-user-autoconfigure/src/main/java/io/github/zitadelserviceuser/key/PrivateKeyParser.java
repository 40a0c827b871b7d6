// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.pem.PemContent;

/**
 * Makes an RSA private key of the text of a PEM (RFC 7468; PKCS#1 or PKCS#8) and says
 * what it is otherwise.
 */
final class PrivateKeyParser {

	private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----",
			Pattern.DOTALL);

	private static final Pattern WRITTEN_LINE_BREAK = Pattern.compile("\\\\+[rn]");

	private static final String NEW_KEY = "Use an RSA key of 2048 bits or more, such as the one in the JSON that "
			+ "ZITADEL's console offers when a key is created on the 'Keys' page of the service user.";

	private final SecretLocation location;

	private final @Nullable String field;

	/**
	 * Create a parser that refuses in the name of the given location and field.
	 * @param location where the PEM comes from
	 * @param field the field it was in, or {@code null} if it was all there was
	 */
	PrivateKeyParser(SecretLocation location, @Nullable String field) {
		this.location = location;
		this.field = field;
	}

	RSAPrivateKey parse(String content) {
		String text = WRITTEN_LINE_BREAK.matcher(KeyText.unwrap(content)).replaceAll("\n");
		if (KeyText.isJson(text)) {
			throw refuse("is inside a JSON, not a PEM of its own",
					"If this is the JSON from ZITADEL's console, set '" + this.location.property("key-location")
							+ "' to its location instead of '" + this.location.property() + "'.");
		}
		Matcher block = BLOCK.matcher(text);
		String otherLabel = null;
		while (block.find()) {
			if (block.group(1).endsWith("PRIVATE KEY")) {
				return parse(block.group(1), block.group(2));
			}
			otherLabel = block.group(1);
		}
		throw refuseText(text, otherLabel);
	}

	private RSAPrivateKey parse(String label, String body) {
		if (label.startsWith("ENCRYPTED") || body.contains("ENCRYPTED")) {
			throw refuse("is encrypted with a password",
					"Decrypt it ('openssl pkey -in FILE -out key.pem') and protect the file instead.");
		}
		if (!label.equals("PRIVATE KEY") && !label.equals("RSA PRIVATE KEY")) {
			throw refuse("is of the kind '" + label + "', not an RSA key in PKCS#1 or PKCS#8", NEW_KEY);
		}
		PrivateKey key = decode(label, body);
		if (!(key instanceof RSAPrivateKey rsaKey) || !key.getAlgorithm().equals("RSA")) {
			throw refuse("is of the kind '" + key.getAlgorithm() + "', not RSA", NEW_KEY);
		}
		int bits = rsaKey.getModulus().bitLength();
		if (bits < ServiceUserKey.MINIMUM_BITS) {
			throw refuse("has only " + bits + " bits", NEW_KEY);
		}
		if (rsaKey instanceof RSAPrivateCrtKey crtKey && !isSound(crtKey)) {
			throw refuseDamaged("the numbers in it do not belong together");
		}
		return rsaKey;
	}

	private PrivateKey decode(String label, String body) {
		byte[] der = LenientBase64.decode(body);
		if (der == null) {
			throw refuseDamaged("it is not Base64 between its BEGIN and END lines");
		}
		PrivateKey key = decode(label, der);
		if (key == null) {
			throw refuseDamaged("there is no key between its BEGIN and END lines");
		}
		return key;
	}

	private @Nullable PrivateKey decode(String label, byte[] der) {
		String pem = "-----BEGIN " + label + "-----\n" + Base64.getEncoder().encodeToString(der) + "\n-----END " + label
				+ "-----\n";
		try {
			return PemContent.of(pem).getPrivateKey();
		}
		catch (RuntimeException ex) {
			// What it says may be about the bytes of the key.
			return null;
		}
	}

	/**
	 * Whether the numbers a signature is computed from fit together (RFC 8017 section
	 * 3.2). One damaged character would otherwise show as signatures that nobody accepts.
	 * @param key the key
	 * @return whether it can sign
	 */
	private boolean isSound(RSAPrivateCrtKey key) {
		BigInteger p = key.getPrimeP();
		BigInteger q = key.getPrimeQ();
		BigInteger e = key.getPublicExponent();
		BigInteger one = BigInteger.ONE;
		return p.compareTo(one) > 0 && q.compareTo(one) > 0 && p.multiply(q).equals(key.getModulus())
				&& e.multiply(key.getPrimeExponentP()).mod(p.subtract(one)).equals(one)
				&& e.multiply(key.getPrimeExponentQ()).mod(q.subtract(one)).equals(one)
				&& key.getCrtCoefficient().multiply(q).mod(p).equals(one);
	}

	private InvalidCredentialException refuseText(String text, @Nullable String otherLabel) {
		if (otherLabel != null) {
			return refuse("is missing: there is only a '" + otherLabel + "'",
					"Use the private half of the key pair, in a PEM that begins with 'BEGIN PRIVATE KEY' or "
							+ "'BEGIN RSA PRIVATE KEY'.");
		}
		if (KeyText.isPem(text)) {
			return refuseDamaged("it has a BEGIN line but no END line that matches");
		}
		return refuse("is not a PEM: there is no '-----BEGIN … PRIVATE KEY-----' line",
				"Use a PEM as it was made, with its BEGIN and END lines. A public key or a token is not enough.");
	}

	private InvalidCredentialException refuseDamaged(String how) {
		return refuse("is damaged: " + how, "Copy the key again, whole and unchanged, or create a new one.");
	}

	private InvalidCredentialException refuse(String found, String action) {
		String subject = (this.field != null) ? "the private key in field '" + this.field + "' " : "the private key ";
		return this.location.refuse(this.field, subject + found, action);
	}

}
