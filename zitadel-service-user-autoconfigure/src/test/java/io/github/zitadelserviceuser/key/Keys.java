// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

import com.nimbusds.jose.util.JSONObjectUtils;

/**
 * Keys of every kind, made once, and the files they come in.
 */
final class Keys {

	static final KeyPair RSA = generate("RSA", 2048);

	static final KeyPair OTHER_RSA = generate("RSA", 2048);

	private static final int PKCS1_TAG = 0x04;

	private Keys() {
	}

	static KeyPair generate(String algorithm, int size) {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
			generator.initialize(size);
			return generator.generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String pkcs8(KeyPair pair) {
		return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
	}

	static String pkcs1(KeyPair pair) {
		return pem("RSA PRIVATE KEY", pkcs1Der(pair));
	}

	/**
	 * Take the PKCS#8 wrapper off: version, algorithm, then the key in an octet string.
	 */
	static byte[] pkcs1Der(KeyPair pair) {
		ByteBuffer sequence = contents(ByteBuffer.wrap(pair.getPrivate().getEncoded()), 0x30);
		contents(sequence, 0x02);
		contents(sequence, 0x30);
		ByteBuffer key = contents(sequence, PKCS1_TAG);
		byte[] der = new byte[key.remaining()];
		key.get(der);
		return der;
	}

	private static ByteBuffer contents(ByteBuffer der, int tag) {
		if (der.get() != tag) {
			throw new IllegalStateException("unexpected tag");
		}
		int length = der.get() & 0xFF;
		if (length > 0x7F) {
			int octets = length & 0x7F;
			length = 0;
			for (int i = 0; i < octets; i++) {
				length = (length << 8) | (der.get() & 0xFF);
			}
		}
		ByteBuffer contents = der.slice().limit(length);
		der.position(der.position() + length);
		return contents;
	}

	static String encryptedPkcs8(KeyPair pair) {
		try {
			String algorithm = "PBEWithSHA1AndDESede";
			Cipher cipher = Cipher.getInstance(algorithm);
			cipher.init(Cipher.ENCRYPT_MODE,
					SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec("secret".toCharArray())));
			return pem("ENCRYPTED PRIVATE KEY",
					new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(pair.getPrivate().getEncoded()))
						.getEncoded());
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String pem(String label, byte[] der) {
		return "-----BEGIN " + label + "-----\n"
				+ Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der)
				+ "\n-----END " + label + "-----\n";
	}

	static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	static Map<String, Object> fields() {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("type", "serviceaccount");
		fields.put("keyId", "257489032846571");
		fields.put("key", pkcs1(RSA));
		fields.put("expirationDate", "2030-01-01T00:00:00Z");
		fields.put("userId", "257489030000001");
		return fields;
	}

	static String json() {
		return JSONObjectUtils.toJSONString(fields());
	}

	static String json(String field, Object value) {
		Map<String, Object> fields = fields();
		fields.put(field, value);
		return JSONObjectUtils.toJSONString(fields);
	}

	static String jsonWithout(String field) {
		Map<String, Object> fields = fields();
		fields.remove(field);
		return JSONObjectUtils.toJSONString(fields);
	}

}
