// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The ID tokens that come with the scope {@code openid}, signed and expired on arrival,
 * and the keys to check them with.
 */
final class IdTokens implements Resource {

	static final String JWKS_PATH = "/oauth/v2/keys";

	private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

	private final String keyId;

	private final KeyPair keyPair;

	private final Users users;

	private final String projectId;

	IdTokens(Users users, RsaKeyPairs keyPairs) {
		this.users = users;
		this.projectId = users.nextId();
		this.keyId = users.nextId();
		this.keyPair = keyPairs.next(2048);
	}

	String create(String issuer, IssuedToken token, boolean byPassword) {
		FakeServiceUser user = this.users.find(token.userId());
		String client = (user != null) ? user.userName() : token.userId();
		Instant now = token.issuedAt();
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("iss", issuer);
		claims.put("sub", token.userId());
		TreeSet<String> audience = new TreeSet<>(token.audience());
		if (audience.remove(Scopes.ZITADEL_AUDIENCE)) {
			audience.add(this.projectId);
		}
		audience.add(client);
		claims.put("aud", audience);
		claims.put("exp", now.getEpochSecond());
		claims.put("iat", now.getEpochSecond());
		claims.put("auth_time", now.getEpochSecond());
		if (byPassword) {
			claims.put("amr", List.of("pwd"));
		}
		claims.put("azp", client);
		claims.put("client_id", client);
		claims.put("at_hash", BASE64URL.encodeToString(Arrays.copyOf(Signatures.sha256(token.value()), 16)));
		String input = part(Map.of("alg", "RS256", "kid", this.keyId, "typ", "JWT")) + "." + part(claims);
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
