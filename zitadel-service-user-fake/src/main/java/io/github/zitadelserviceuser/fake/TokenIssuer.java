// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Makes access tokens, opaque or JWTs as the user has it, and the ID tokens that come
 * with the scope {@code openid} and are expired on arrival.
 */
final class TokenIssuer {

	/** ZITADEL's default. */
	static final Duration DEFAULT_LIFETIME = Duration.ofHours(12);

	/** They make the 104 characters of an opaque token of ZITADEL. */
	private static final int BYTES = 78;

	private final Instance instance;

	private final SigningKey key;

	private volatile Duration lifetime = DEFAULT_LIFETIME;

	TokenIssuer(Instance instance, SigningKey key) {
		this.instance = instance;
		this.key = key;
	}

	void lifetime(Duration lifetime) {
		this.lifetime = lifetime;
	}

	/**
	 * Row 12, and issues a token when the user passes.
	 * @param user the user
	 * @param scopes the scopes granted
	 * @param issuer the issuer of this request
	 * @return the token, or {@code null} if the user is not active
	 */
	@Nullable IssuedToken issue(FakeServiceUser user, Set<String> scopes, String issuer) {
		Instant now = this.instance.clock().instant();
		String id = "V2_" + this.instance.ids().next() + "-at_" + this.instance.ids().next();
		IssuedToken token = new IssuedToken(RandomText.base64url(BYTES), id, user.id(), scopes, Scopes.audience(scopes),
				now, now.plus(this.lifetime));
		IssuedToken issued = user.usesJwtAccessTokens() ? token.withValue(jwt(token, user, issuer)) : token;
		return this.instance.tokens().issue(user, issued) ? issued : null;
	}

	private String jwt(IssuedToken token, FakeServiceUser user, String issuer) {
		Set<String> audience = this.instance.projectIds(token);
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("iss", issuer);
		claims.put("sub", token.userId());
		claims.put("aud", audience.isEmpty() ? Set.of(user.userName()) : audience);
		claims.put("exp", token.expiresAt().getEpochSecond());
		claims.put("iat", token.issuedAt().getEpochSecond());
		claims.put("nbf", token.issuedAt().getEpochSecond());
		claims.put("client_id", user.userName());
		claims.put("jti", token.id());
		return this.key.sign(claims);
	}

	String idToken(IssuedToken token, String issuer, boolean byPassword) {
		FakeServiceUser user = this.instance.users().find(token.userId());
		String client = (user != null) ? user.userName() : token.userId();
		Set<String> audience = this.instance.projectIds(token);
		audience.add(client);
		long now = token.issuedAt().getEpochSecond();
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("iss", issuer);
		claims.put("sub", token.userId());
		claims.put("aud", audience);
		claims.put("exp", now);
		claims.put("iat", now);
		claims.put("auth_time", now);
		if (byPassword) {
			claims.put("amr", List.of("pwd"));
		}
		claims.put("azp", client);
		claims.put("client_id", client);
		claims.put("at_hash",
				Base64.getUrlEncoder()
					.withoutPadding()
					.encodeToString(Arrays.copyOf(Signatures.sha256(token.value()), 16)));
		return this.key.sign(claims);
	}

}
