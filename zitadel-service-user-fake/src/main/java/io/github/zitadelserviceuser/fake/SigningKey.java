// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The key that the instance signs tokens with, and the keys endpoint (RFC 7517) by which
 * others verify them.
 */
final class SigningKey implements Resource {

	static final String PATH = "/oauth/v2/keys";

	private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

	private final String keyId;

	private final KeyPair keyPair;

	SigningKey(Instance instance) {
		this.keyId = instance.ids().next();
		this.keyPair = instance.keyPairs().next(2048);
	}

	String sign(Map<String, Object> claims) {
		Map<String, Object> header = new LinkedHashMap<>();
		header.put("alg", "RS256");
		header.put("kid", this.keyId);
		header.put("typ", "JWT");
		String input = part(header) + "." + part(claims);
		byte[] signature = Signatures.sign("RS256", this.keyPair.getPrivate(),
				input.getBytes(StandardCharsets.US_ASCII));
		return input + "." + BASE64URL.encodeToString(signature);
	}

	private static String part(Map<String, Object> content) {
		return BASE64URL.encodeToString(Json.write(content).getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public FakeAnswer handle(HttpCall call, String issuer) {
		RSAPublicKey key = (RSAPublicKey) this.keyPair.getPublic();
		Map<String, Object> jwk = new LinkedHashMap<>();
		jwk.put("use", "sig");
		jwk.put("kty", "RSA");
		jwk.put("kid", this.keyId);
		jwk.put("alg", "RS256");
		jwk.put("n", unsigned(key.getModulus()));
		jwk.put("e", unsigned(key.getPublicExponent()));
		return FakeAnswer.oidc(200, Map.of("keys", List.of(jwk)))
			.withHeader("Cache-Control", "max-age=300, must-revalidate");
	}

	private static String unsigned(BigInteger number) {
		byte[] bytes = number.toByteArray();
		return BASE64URL.encodeToString((bytes[0] == 0) ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
	}

}
