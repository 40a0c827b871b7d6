// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * Who signs the assertions of a {@link World}, at first its user with its key.
 */
final class Signer {

	private final FakeServiceUserKey usersKey;

	private String issuer;

	private String keyId;

	private PrivateKey key;

	private String algorithm = "RS256";

	Signer(FakeServiceUserKey usersKey) {
		this.usersKey = usersKey;
		this.issuer = usersKey.userId();
		this.keyId = usersKey.keyId();
		this.key = usersKey.privateKey();
	}

	void signWith(PrivateKey key) {
		this.key = key;
		this.algorithm = key.getAlgorithm().equals("EC") ? "ES256" : "RS256";
	}

	void signAs(String issuer, String keyId, PrivateKey key) {
		this.issuer = issuer;
		this.keyId = keyId;
		signWith(key);
	}

	String assertion(Map<String, Object> row, World world) {
		SignedAssertion assertion = assertion(world.zitadel.issuer(), world.clock.instant());
		if (row.get("jose") instanceof Map<?, ?> header) {
			header.forEach((name, value) -> {
				assertion.withoutHeader(name.toString());
				if (value != null) {
					assertion.header(name.toString(), value);
				}
			});
		}
		if (row.get("claims") instanceof Map<?, ?> claims) {
			claims.forEach((name, value) -> {
				assertion.withoutClaim(name.toString());
				if (value != null) {
					assertion.claim(name.toString(), world.claim(value));
				}
			});
		}
		return assertion.compact();
	}

	SignedAssertion assertion(String audience, Instant now) {
		return new SignedAssertion(this.usersKey, audience, now).header("alg", this.algorithm)
			.header("kid", this.keyId)
			.claim("iss", this.issuer)
			.claim("sub", this.issuer)
			.signedWith(this.key);
	}

	static KeyPair ellipticCurve() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec("secp256r1"));
			return generator.generateKeyPair();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String withOtherPayload(String assertion) {
		String[] parts = assertion.split("\\.", -1);
		String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
		return parts[0] + "." + SignedAssertion.encode(payload.replace("}", ",\"x\":1}")) + "." + parts[2];
	}

}
