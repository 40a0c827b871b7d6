// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An assertion as a client makes it, right at first and then made wrong by the test.
 */
final class SignedAssertion {

	private final Map<String, Object> header = new LinkedHashMap<>();

	private final Map<String, Object> claims = new LinkedHashMap<>();

	private PrivateKey key;

	SignedAssertion(FakeServiceUserKey key, String audience, Instant now) {
		this.key = key.privateKey();
		this.header.put("alg", "RS256");
		this.header.put("kid", key.keyId());
		this.claims.put("iss", key.userId());
		this.claims.put("sub", key.userId());
		this.claims.put("aud", audience);
		this.claims.put("iat", now.getEpochSecond());
		this.claims.put("exp", now.getEpochSecond() + 60);
	}

	SignedAssertion claim(String name, Object value) {
		this.claims.put(name, value);
		return this;
	}

	SignedAssertion withoutClaim(String name) {
		this.claims.remove(name);
		return this;
	}

	SignedAssertion header(String name, Object value) {
		this.header.put(name, value);
		return this;
	}

	SignedAssertion withoutHeader(String name) {
		this.header.remove(name);
		return this;
	}

	SignedAssertion signedWith(PrivateKey key) {
		this.key = key;
		return this;
	}

	String compact() {
		String input = encode(Json.write(this.header)) + "." + encode(Json.write(this.claims));
		return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(sign(input));
	}

	static String encode(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private byte[] sign(String input) {
		try {
			Signature signature = switch (this.header.getOrDefault("alg", "").toString()) {
				case "ES256" -> Signature.getInstance("SHA256withECDSAinP1363Format");
				case "RS512" -> Signature.getInstance("SHA512withRSA");
				case "PS256" -> {
					Signature pss = Signature.getInstance("RSASSA-PSS");
					pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
					yield pss;
				}
				default -> Signature.getInstance("SHA256withRSA");
			};
			signature.initSign(this.key);
			signature.update(input.getBytes(StandardCharsets.US_ASCII));
			return signature.sign();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
