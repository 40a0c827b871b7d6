// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.Supplier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;

/**
 * Makes the assertion (RFC 7523, section 3), a new one each time.
 */
final class AssertionSigner {

	/**
	 * How far the clock of this machine may be off, either way. ZITADEL forgives one
	 * second of an {@code iat} in the future and none of an {@code exp} in the past, and
	 * it keeps no list of used assertions: until {@code exp}, this one is as good as a
	 * password.
	 */
	private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);

	private final Clock clock;

	private final Supplier<String> ids;

	AssertionSigner(Clock clock, Supplier<String> ids) {
		this.clock = clock;
		this.ids = ids;
	}

	String sign(AssertionInputs inputs) {
		ServiceUserKey key = inputs.key();
		Instant now = this.clock.instant().plus(inputs.correction());
		JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.keyId()).build();
		JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(key.userId())
			.subject(key.userId())
			.audience(inputs.metadata().issuer())
			.issueTime(Date.from(now.minus(CLOCK_SKEW)))
			.expirationTime(Date.from(now.plus(CLOCK_SKEW)))
			.jwtID(this.ids.get())
			.build();
		SignedJWT assertion = new SignedJWT(header, claims);
		try {
			assertion.sign(new RSASSASigner(key.privateKey()));
		}
		catch (JOSEException ex) {
			throw new TokenRequestException(Reason.INVALID_KEY, "The key " + key.keyId() + " of user " + key.userId()
					+ " cannot sign: " + SafeText.of(ex.getMessage()), ex);
		}
		return assertion.serialize();
	}

}
