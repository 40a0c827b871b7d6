// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.util.Base64;

/**
 * Private keys as PEM, in the two forms that users of ZITADEL have.
 */
final class Pem {

	private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

	private Pem() {
	}

	static String pkcs8(PrivateKey key) {
		return block("PRIVATE KEY", key.getEncoded());
	}

	/**
	 * Writes an RSA key as PKCS#1. The JDK encodes as PKCS#8 only, but RFC 5208 section 5
	 * wraps exactly that PKCS#1 structure: a sequence of a version, an algorithm, and an
	 * octet string that holds it.
	 * @param key an RSA key
	 * @return the PEM
	 */
	static String pkcs1(PrivateKey key) {
		ByteBuffer der = ByteBuffer.wrap(key.getEncoded());
		enter(der, 0x30);
		skip(der, 0x02);
		skip(der, 0x30);
		byte[] pkcs1 = new byte[enter(der, 0x04)];
		der.get(pkcs1);
		return block("RSA PRIVATE KEY", pkcs1);
	}

	private static String block(String label, byte[] der) {
		return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(der) + "\n-----END " + label + "-----\n";
	}

	private static void skip(ByteBuffer der, int tag) {
		int length = enter(der, tag);
		der.position(der.position() + length);
	}

	private static int enter(ByteBuffer der, int tag) {
		int found = der.get() & 0xff;
		if (found != tag) {
			throw new IllegalArgumentException("Not a PKCS#8 key: found DER tag " + found + " in place of " + tag);
		}
		int length = der.get() & 0xff;
		if (length < 0x80) {
			return length;
		}
		int lengthOfLength = length & 0x7f;
		length = 0;
		for (int i = 0; i < lengthOfLength; i++) {
			length = (length << 8) | (der.get() & 0xff);
		}
		return length;
	}

}
