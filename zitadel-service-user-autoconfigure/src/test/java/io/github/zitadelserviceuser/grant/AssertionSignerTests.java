// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jwt.SignedJWT;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.RecordedTokenRequest;
import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an assertion says, as signed and as it arrives.
 */
class AssertionSignerTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	@AfterAll
	static void close() {
		ZITADEL.close();
	}

	@Test
	void requestSendsExactlyTheClaimsThatCount() {
		ServiceUserKey key = Grants.key(ZITADEL.serviceUser().key());
		Instant before = Instant.now();
		Grants.assertToken(ZITADEL, Grants.of(ZITADEL));
		RecordedTokenRequest request = ZITADEL.tokenRequests().get(ZITADEL.tokenRequests().size() - 1);
		assertThat(request.assertionHeader())
			.containsExactlyInAnyOrderEntriesOf(Map.of("alg", "RS256", "kid", key.keyId()));
		Map<String, Object> claims = request.claims();
		assertThat(claims).containsOnlyKeys("iss", "sub", "aud", "iat", "exp", "jti")
			.containsEntry("iss", key.userId())
			.containsEntry("sub", key.userId())
			.containsEntry("aud", ZITADEL.issuer());
		long issued = ((Number) claims.get("iat")).longValue();
		assertThat(issued).isBetween(before.getEpochSecond() - 61, Instant.now().getEpochSecond() - 60);
		assertThat(((Number) claims.get("exp")).longValue() - issued).isEqualTo(120);
	}

	@Test
	void requestMakesANewAssertionEachTime() {
		JwtBearerGrant grant = Grants.of(ZITADEL);
		int requests = ZITADEL.tokenRequests().size();
		Set<Object> ids = new HashSet<>();
		for (int i = 0; i < 5; i++) {
			grant.request();
			ids.add(ZITADEL.tokenRequests().get(requests + i).claims().get("jti"));
		}
		assertThat(ids).hasSize(5).doesNotContainNull();
	}

	@Test
	void signIsDatedByTheClock() throws ParseException {
		TestClock clock = new TestClock(Instant.parse("2026-01-31T23:59:58.999Z"));
		AssertionSigner signer = new AssertionSigner(clock, () -> "an-id");
		SignedJWT assertion = sign(signer, Duration.ZERO);
		assertThat(assertion.getJWTClaimsSet().getIssueTime()).isEqualTo("2026-01-31T23:58:58Z");
		assertThat(assertion.getJWTClaimsSet().getExpirationTime()).isEqualTo("2026-02-01T00:00:58Z");
		assertThat(assertion.getJWTClaimsSet().getJWTID()).isEqualTo("an-id");
		assertThat(assertion.getPayload().toString()).contains("\"aud\":\"https://issuer.example\"");
		clock.advance(Duration.ofMinutes(5));
		assertThat(sign(signer, Duration.ZERO).getJWTClaimsSet().getIssueTime()).isEqualTo("2026-02-01T00:03:58Z");
	}

	@Test
	void signWhenThereIsACorrectionIsDatedByIt() throws ParseException {
		AssertionSigner signer = new AssertionSigner(new TestClock(Instant.parse("2026-02-01T00:00:00Z")),
				() -> "an-id");
		SignedJWT assertion = sign(signer, Duration.ofMinutes(-10));
		assertThat(assertion.getJWTClaimsSet().getIssueTime()).isEqualTo("2026-01-31T23:49:00Z");
		assertThat(assertion.getJWTClaimsSet().getExpirationTime()).isEqualTo("2026-01-31T23:51:00Z");
	}

	@Test
	void requestWhenKeyCannotBeReadThenIsTheReadersAnswerAndAsksAgain() {
		KeyReader missing = KeyReader.json(Grants.PREFIX, "file:no/such/key.json", new DefaultResourceLoader());
		KeyReader[] reader = { missing };
		JwtBearerGrant grant = Grants.of(ZITADEL, () -> reader[0].read());
		TokenRequestException failure = Grants.failureOf(grant);
		assertThat(failure.getReason()).isEqualTo(Reason.INVALID_KEY);
		assertThat(failure).hasMessageContaining("zitadel.service-user.key-location")
			.hasCauseInstanceOf(InvalidServiceUserKeyException.class);
		reader[0] = Grants.keyOf(ZITADEL);
		Grants.assertToken(ZITADEL, grant);
	}

	private static SignedJWT sign(AssertionSigner signer, Duration correction) throws ParseException {
		return SignedJWT.parse(signer.sign(new AssertionInputs(Grants.key(ZITADEL.serviceUser().key()),
				new ServerMetadata("https://issuer.example", URI.create("https://issuer.example/token"), null),
				correction)));
	}

}
