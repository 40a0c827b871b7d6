// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URI;
import java.security.interfaces.RSAPrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.TokenOutcome;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * All that ZITADEL checks of an assertion: one answer for all of them, so that the
 * message has to name every suspect. Once the mistake is put right, the same grant gets a
 * token.
 */
class BadAssertionTests {

	@ParameterizedTest
	@EnumSource
	void requestWhenAssertionIsMangledOnTheWayThenSuspects(Dialect dialect) {
		try (FakeZitadel zitadel = start(dialect)) {
			Tamper proxy = new Tamper();
			JwtBearerGrant grant = Grants.of(zitadel.issuer(), Grants.keyOf(zitadel), proxy.restClient());
			proxy.change((body) -> body.replaceFirst("(assertion=[^.&]+)\\.", "$1"));
			assertRefused(zitadel, dialect, grant, TokenOutcome.ASSERTION_MALFORMED);
			proxy.stop();
			Grants.assertToken(zitadel, grant);
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenDiscoveredIssuerIsNotTheAudienceThenSuspectsAndDiscoversAgain(Dialect dialect) {
		try (FakeZitadel zitadel = start(dialect)) {
			JwtBearerGrant grant = Grants.of(zitadel);
			zitadel.customizeDiscovery((document) -> document.put("issuer", zitadel.issuer() + "/"));
			TokenRequestException failure = assertRefused(zitadel, dialect, grant, TokenOutcome.WRONG_AUDIENCE);
			assertThat(failure).hasMessageContaining(
					"'" + zitadel.issuer() + "/' was discovered and sent as 'aud', which is not written alike");
			zitadel.customizeDiscovery((document) -> assertThat(document).isNotEmpty());
			Grants.assertToken(zitadel, grant);
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenKeyWasDeletedThenSuspectsAndReadsTheNewOne(Dialect dialect) {
		try (FakeZitadel zitadel = start(dialect)) {
			AtomicReference<ServiceUserKey> file = new AtomicReference<>(Grants.key(zitadel.serviceUser().key()));
			JwtBearerGrant grant = Grants.of(zitadel, file::get);
			Grants.assertToken(zitadel, grant);
			zitadel.serviceUser().key().delete();
			TokenRequestException failure = assertRefused(zitadel, dialect, grant, TokenOutcome.KEY_NOT_FOUND);
			assertThat(failure).hasMessageContaining(
					"no expiration date is known of it. One that was made a moment ago may " + "need some seconds");
			file.set(Grants.key(zitadel.serviceUser().createKey()));
			Grants.assertToken(zitadel, grant);
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenKeyHasExpiredThenSaysSince(Dialect dialect) {
		try (FakeZitadel zitadel = start(dialect)) {
			Instant expiration = zitadel.clock().instant().minusSeconds(60);
			FakeServiceUserKey expired = zitadel.serviceUser().createKey(expiration);
			AtomicReference<ServiceUserKey> file = new AtomicReference<>(Grants.key(expired));
			JwtBearerGrant grant = Grants.of(zitadel, file::get);
			TokenRequestException failure = assertRefused(zitadel, dialect, grant, TokenOutcome.KEY_NOT_FOUND);
			assertThat(failure)
				.hasMessageStartingWith("ZITADEL gave no token and does not say why, most likely because the key "
						+ expired.keyId() + " has expired: its file says " + expiration + ". Create a new key");
			file.set(Grants.key(zitadel.serviceUser().createKey(zitadel.clock().instant().plusSeconds(3600))));
			Grants.assertToken(zitadel, grant);
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenKeyExpiresEarlierThanItsFileSaysThenShowsTheDateAlone(Dialect dialect) {
		try (FakeZitadel zitadel = start(dialect)) {
			Instant expiration = zitadel.clock().instant().plusSeconds(3600);
			FakeServiceUserKey key = zitadel.serviceUser().createKey(expiration);
			key.expire();
			TokenRequestException failure = assertRefused(zitadel, dialect, Grants.of(zitadel, Grants.reader(key)),
					TokenOutcome.KEY_NOT_FOUND);
			assertThat(failure).hasMessageContaining("its file says that it expires at " + expiration)
				.hasMessageContaining("most likely because the key " + key.keyId() + " was deleted");
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenUserWasRemovedThenNamesTheUser(Dialect dialect) {
		try (FakeZitadel zitadel = start(dialect)) {
			FakeServiceUser user = zitadel.createServiceUser("short-lived");
			AtomicReference<ServiceUserKey> file = new AtomicReference<>(Grants.key(user.key()));
			JwtBearerGrant grant = Grants.of(zitadel, file::get);
			Grants.assertToken(zitadel, grant);
			user.remove();
			TokenRequestException failure = assertRefused(zitadel, dialect, grant, TokenOutcome.KEY_NOT_FOUND);
			assertThat(failure).hasMessageContaining("the user " + user.id() + " or its organization was removed");
			file.set(Grants.key(zitadel.serviceUser().key()));
			Grants.assertToken(zitadel, grant);
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenKeyIsOfAnotherInstanceThenNamesTheInstance(Dialect dialect) {
		try (FakeZitadel zitadel = start(dialect); FakeZitadel other = FakeZitadel.start()) {
			FakeServiceUser user = other.createServiceUser("of-another-instance");
			TokenRequestException failure = assertRefused(zitadel, dialect,
					Grants.of(zitadel, Grants.reader(user.key())), TokenOutcome.KEY_NOT_FOUND);
			assertThat(failure).hasMessageContaining("of another instance than '" + zitadel.issuer() + "'");
			Grants.assertToken(other, Grants.of(other, Grants.reader(user.key())));
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenPrivateKeyBelongsToAnotherKeyIdThenSuspects(Dialect dialect) {
		try (FakeZitadel zitadel = start(dialect)) {
			FakeServiceUserKey key = zitadel.serviceUser().key();
			ServiceUserKey mixed = new ServiceUserKey(key.userId(), key.keyId(),
					(RSAPrivateKey) zitadel.serviceUser().createKey().privateKey(), null);
			assertRefused(zitadel, dialect, Grants.of(zitadel, () -> mixed), TokenOutcome.WRONG_SIGNATURE);
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenIssuerIsNotSubjectThenSuspects(Dialect dialect) throws JOSEException {
		try (FakeZitadel zitadel = start(dialect)) {
			assertRefused(zitadel, dialect, JWSAlgorithm.RS256, "4711", TokenOutcome.ISSUER_IS_NOT_SUBJECT);
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenAlgorithmIsNotAllowedThenSuspects(Dialect dialect) throws JOSEException {
		try (FakeZitadel zitadel = start(dialect)) {
			assertRefused(zitadel, dialect, JWSAlgorithm.RS512, zitadel.serviceUser().id(),
					TokenOutcome.ALGORITHM_NOT_ALLOWED);
		}
	}

	private static FakeZitadel start(Dialect dialect) {
		return FakeZitadel.builder().dialect(dialect).start();
	}

	/**
	 * What the signer never makes, sent by the token endpoint itself.
	 */
	private static void assertRefused(FakeZitadel zitadel, Dialect dialect, JWSAlgorithm algorithm, String subject,
			TokenOutcome outcome) throws JOSEException {
		AuthorizationServer server = AuthorizationServer.of(Grants.PREFIX, zitadel.issuer(), null, true);
		TokenEndpoint endpoint = new TokenEndpoint(new ServerConnection(HttpClientKind.JDK.restClient(), server),
				new AnswerFailures(server, Clock.systemUTC()));
		ServiceUserKey key = Grants.key(zitadel.serviceUser().key());
		Instant now = Instant.now();
		SignedJWT assertion = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key.keyId()).build(),
				new JWTClaimsSet.Builder().issuer(key.userId())
					.subject(subject)
					.audience(zitadel.issuer())
					.issueTime(Date.from(now))
					.expirationTime(Date.from(now.plusSeconds(60)))
					.jwtID(UUID.randomUUID().toString())
					.build());
		assertion.sign(new RSASSASigner(key.privateKey()));
		URI uri = URI.create(zitadel.url() + "/oauth/v2/token");
		AssertionInputs inputs = new AssertionInputs(key, new ServerMetadata(zitadel.issuer(), uri, null),
				Duration.ZERO);
		AssertionDiagnosis diagnosis = Grants.diagnosis(server, inputs);
		TokenRequestException failure = catchThrowableOfType(TokenRequestException.class,
				() -> endpoint.read(endpoint.request(uri, form(assertion.serialize())), diagnosis));
		assertSuspects(zitadel, dialect, failure, outcome);
		String good = new AssertionSigner(Clock.systemUTC(), () -> "id").sign(inputs);
		assertThat(zitadel.isValid(endpoint.read(endpoint.request(uri, form(good)), diagnosis).accessToken())).isTrue();
	}

	private static TokenForm form(String assertion) {
		return new TokenForm(Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", assertion,
				"scope", "openid"), null);
	}

	private static TokenRequestException assertRefused(FakeZitadel zitadel, Dialect dialect, JwtBearerGrant grant,
			TokenOutcome outcome) {
		return assertSuspects(zitadel, dialect, Grants.failureOf(grant), outcome);
	}

	private static TokenRequestException assertSuspects(FakeZitadel zitadel, Dialect dialect,
			TokenRequestException failure, TokenOutcome outcome) {
		var requests = zitadel.tokenRequests();
		assertThat(requests.get(requests.size() - 1).outcome()).isEqualTo(outcome);
		if (dialect == Dialect.SERVER_ERROR) {
			assertThat(failure.getReason()).isEqualTo(Reason.SERVER_ERROR);
			assertThat(failure.getError()).isEqualTo("server_error");
			assertThat(failure)
				.hasMessageContaining(
						"answered with status 500: server_error / Errors.Internal. Some versions of ZITADEL ")
				.hasMessageContaining("answer any bad credential in this way")
				.hasMessageContaining("a failure of their own, of which ZITADEL's log tells more");
		}
		else {
			assertThat(failure.getReason()).isEqualTo(Reason.REFUSED);
			assertThat(failure.getError()).isEqualTo("invalid_grant");
			assertThat(failure).hasMessageContaining("answered with status 400: invalid_grant / invalid assertion.\n");
		}
		assertThat(failure).hasMessageContaining("/oauth/v2/token")
			.hasMessageStartingWith("ZITADEL gave no token and does not say why, most likely because the key ")
			.hasMessageContaining("'Keys' page of the service user in ZITADEL's console")
			.hasMessageContaining("\n- clock: ")
			.hasMessageContaining(", which agrees with the server's 'Date' ")
			.hasNoCause();
		return failure;
	}

}
