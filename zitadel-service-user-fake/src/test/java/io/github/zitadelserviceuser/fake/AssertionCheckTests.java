// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rows 3 to 10, over the wire.
 */
class AssertionCheckTests {

	private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

	private final MutableClock clock = new MutableClock();

	private final FakeZitadel zitadel = FakeZitadel.builder().clock(this.clock).start();

	private final TestClient client = new TestClient(this.zitadel);

	AssertionCheckTests() {
		this.clock.set(NOON);
	}

	@AfterEach
	void close() {
		this.zitadel.close();
	}

	static Stream<Arguments> mistakes() {
		return Stream.of(mistake(TokenOutcome.WRONG_AUDIENCE, (assertion) -> assertion.withoutClaim("aud")),
				mistake(TokenOutcome.WRONG_AUDIENCE, (assertion) -> assertion.claim("aud", List.of())),
				mistake(TokenOutcome.WRONG_AUDIENCE, (assertion) -> assertion.claim("aud", 1)),
				mistake(TokenOutcome.WRONG_AUDIENCE, (assertion) -> assertion.claim("aud", "http://localhost")),
				mistake(TokenOutcome.EXPIRED, (assertion) -> assertion.withoutClaim("exp")),
				mistake(TokenOutcome.EXPIRED, (assertion) -> assertion.claim("exp", 0)),
				mistake(TokenOutcome.WRONG_ISSUE_TIME, (assertion) -> assertion.withoutClaim("iat")),
				mistake(TokenOutcome.WRONG_ISSUE_TIME, (assertion) -> assertion.claim("iat", 0)),
				mistake(TokenOutcome.ISSUER_IS_NOT_SUBJECT, (assertion) -> assertion.claim("sub", "other")),
				mistake(TokenOutcome.ISSUER_IS_NOT_SUBJECT, (assertion) -> assertion.withoutClaim("sub")),
				mistake(TokenOutcome.ALGORITHM_NOT_ALLOWED, (assertion) -> assertion.header("alg", "none")),
				mistake(TokenOutcome.ALGORITHM_NOT_ALLOWED, (assertion) -> assertion.header("alg", "HS256")),
				mistake(TokenOutcome.ALGORITHM_NOT_ALLOWED, (assertion) -> assertion.header("alg", "RS512")),
				mistake(TokenOutcome.ALGORITHM_NOT_ALLOWED, (assertion) -> assertion.withoutHeader("alg")),
				mistake(TokenOutcome.KEY_NOT_FOUND, (assertion) -> assertion.withoutHeader("kid")),
				mistake(TokenOutcome.KEY_NOT_FOUND, (assertion) -> assertion.header("kid", "123")),
				mistake(TokenOutcome.KEY_NOT_FOUND,
						(assertion) -> assertion.claim("iss", "service-user").claim("sub", "service-user")),
				mistake(TokenOutcome.KEY_NOT_FOUND, (assertion) -> assertion.withoutClaim("iss").withoutClaim("sub")),
				mistake(TokenOutcome.WRONG_SIGNATURE,
						(assertion) -> assertion.signedWith(new RsaKeyPairs().next(1024).getPrivate())));
	}

	private static Arguments mistake(TokenOutcome outcome, Consumer<SignedAssertion> mistake) {
		return Arguments.of(outcome, mistake);
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	void requestWhenOneClaimIsWrongThenRefusedByItsRowAndAcceptedWhenRight(TokenOutcome outcome,
			Consumer<SignedAssertion> mistake) {
		SignedAssertion assertion = this.client.assertion();
		mistake.accept(assertion);
		assertRefused(assertion.compact(), outcome);
		assertAccepted(this.client.assertion());
	}

	@Test
	void requestWhenSeveralRowsAreWrongThenTheFirstDecides() {
		FakeServiceUserKey other = this.zitadel.createServiceUser("other").createKey();
		this.zitadel.serviceUser().key();
		this.zitadel.serviceUser().deactivate();
		SignedAssertion assertion = this.client.assertion()
			.signedWith(other.privateKey())
			.header("kid", "unknown")
			.header("alg", "RS512")
			.claim("sub", "other")
			.claim("iat", 1)
			.claim("exp", 1)
			.claim("aud", "other");
		Map<String, String> form = this.client.form("not an assertion");
		form.remove("scope");
		assertThat(outcome(form)).isEqualTo(TokenOutcome.ASSERTION_MALFORMED);
		assertThat(outcomeOf(form, assertion)).isEqualTo(TokenOutcome.WRONG_AUDIENCE);
		assertThat(outcomeOf(form, assertion.claim("aud", this.zitadel.issuer()))).isEqualTo(TokenOutcome.EXPIRED);
		assertThat(outcomeOf(form, assertion.claim("exp", NOON.getEpochSecond() + 60)))
			.isEqualTo(TokenOutcome.WRONG_ISSUE_TIME);
		assertThat(outcomeOf(form, assertion.claim("iat", NOON.getEpochSecond())))
			.isEqualTo(TokenOutcome.ISSUER_IS_NOT_SUBJECT);
		assertThat(outcomeOf(form, assertion.claim("sub", this.zitadel.serviceUser().id())))
			.isEqualTo(TokenOutcome.ALGORITHM_NOT_ALLOWED);
		assertThat(outcomeOf(form, assertion.header("alg", "RS256"))).isEqualTo(TokenOutcome.KEY_NOT_FOUND);
		assertThat(outcomeOf(form, assertion.header("kid", this.zitadel.serviceUser().key().keyId())))
			.isEqualTo(TokenOutcome.WRONG_SIGNATURE);
		assertThat(outcomeOf(form, assertion.signedWith(this.zitadel.serviceUser().key().privateKey())))
			.isEqualTo(TokenOutcome.SCOPE_MISSING);
		form.put("scope", "");
		assertThat(outcomeOf(form, assertion)).isEqualTo(TokenOutcome.USER_NOT_ACTIVE);
		this.zitadel.serviceUser().reactivate();
		assertThat(outcomeOf(form, assertion)).isEqualTo(TokenOutcome.ISSUED);
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void requestWhenAssertionIsBadThenAnsweredInTheDialectWithoutTheReason(Dialect dialect) {
		try (FakeZitadel other = FakeZitadel.builder().dialect(dialect).clock(this.clock).start()) {
			TestClient otherClient = new TestClient(other);
			Stream<Object[]> all = Stream.concat(mistakes().map(Arguments::get),
					Stream.<Object[]>of(new Object[] { TokenOutcome.ASSERTION_MALFORMED, null }));
			all.forEach((mistake) -> {
				SignedAssertion assertion = otherClient.assertion();
				String compact = (mistake[1] != null) ? applied(mistake[1], assertion).compact() : "a.b";
				HttpResponse<String> response = otherClient.requestToken(otherClient.form(compact));
				assertThat(response.statusCode()).isEqualTo((dialect == Dialect.SERVER_ERROR) ? 500 : 400);
				assertThat(response.body()).isEqualTo((dialect == Dialect.SERVER_ERROR)
						? "{\"error\":\"server_error\",\"error_description\":\"Errors.Internal\"}\n"
						: "{\"error\":\"invalid_grant\",\"error_description\":\"invalid assertion\"}\n");
				assertThat(response.headers().firstValue("content-type")).contains("application/json");
				assertThat(response.headers().firstValue("cache-control")).contains("no-store");
			});
			assertThat(other.tokenRequests()).extracting(RecordedTokenRequest::outcome)
				.doesNotContain(TokenOutcome.ISSUED)
				.contains(TokenOutcome.WRONG_SIGNATURE, TokenOutcome.ASSERTION_MALFORMED);
			assertThat(otherClient.requestToken().statusCode()).isEqualTo(200);
		}
	}

	@SuppressWarnings("unchecked")
	private static SignedAssertion applied(Object mistake, SignedAssertion assertion) {
		((Consumer<SignedAssertion>) mistake).accept(assertion);
		return assertion;
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "a.b", "a.b.c.d", "..", "e30.!!!.c", "e30.W10.c", "e30.bm90IGpzb24.c" })
	void requestWhenShapeIsWrongThenRefusedByRow3(String compact) {
		assertRefused(compact, TokenOutcome.ASSERTION_MALFORMED);
	}

	@ParameterizedTest
	@CsvSource({ "iss, 1", "sub, 1", "exp, true", "iat, []", "exp, '\"tomorrow\"'" })
	void requestWhenAClaimHasTheWrongTypeThenRefusedByRow3(String claim, String json) {
		assertRefused("e30." + SignedAssertion.encode("{\"" + claim + "\":" + json + "}") + ".c",
				TokenOutcome.ASSERTION_MALFORMED);
	}

	@Test
	void requestWhenPayloadIsPaddedThenRefusedByRow3() {
		String[] parts = this.client.assertion().claim("x", "1").compact().split("\\.");
		byte[] payload = Base64.getUrlDecoder().decode(parts[1]);
		byte[] odd = Arrays.copyOf(payload, payload.length + 3 - payload.length % 3 + 1);
		Arrays.fill(odd, payload.length, odd.length, (byte) ' ');
		String padded = Base64.getUrlEncoder().encodeToString(odd);
		assertThat(padded).endsWith("=");
		assertRefused(parts[0] + "." + padded + "." + parts[2], TokenOutcome.ASSERTION_MALFORMED);
	}

	@Test
	void requestWhenHeaderIsNoJsonThenRefusedByRow8NotRow3() {
		String[] parts = this.client.assertion().compact().split("\\.");
		assertRefused("!." + parts[1] + "." + parts[2], TokenOutcome.ALGORITHM_NOT_ALLOWED);
	}

	@Test
	void requestWhenPayloadIsChangedAfterwardsThenRefusedByRow10() {
		String[] parts = this.client.assertion().compact().split("\\.");
		String[] later = this.client.assertion().claim("exp", NOON.getEpochSecond() + 61).compact().split("\\.");
		assertRefused(parts[0] + "." + later[1] + "." + parts[2], TokenOutcome.WRONG_SIGNATURE);
		assertRefused(parts[0] + "." + parts[1] + ".!", TokenOutcome.WRONG_SIGNATURE);
		assertRefused(parts[0] + "." + parts[1] + ".", TokenOutcome.WRONG_SIGNATURE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", ":443", "/oauth/v2/token" })
	void requestWhenAudienceHasMoreThanTheIssuerThenRefusedByRow4(String more) {
		assertRefused(this.client.assertion().claim("aud", this.zitadel.issuer() + more).compact(),
				TokenOutcome.WRONG_AUDIENCE);
	}

	@Test
	void requestWhenAudienceHasAnotherSchemeThenRefusedByRow4() {
		String https = this.zitadel.issuer().replace("http:", "https:");
		assertRefused(this.client.assertion().claim("aud", https).compact(), TokenOutcome.WRONG_AUDIENCE);
		assertAccepted(this.client.assertion().claim("aud", List.of(https, this.zitadel.issuer())));
	}

	@ParameterizedTest
	@CsvSource({ "0, 1, false", "0, 2, true", "400, 1, false", "400, 2, true", "999, 2, true", "0, 0, false",
			"0, -1, false", "0, 315360000, true" })
	void requestWhenExpiryIsNearThenMoreThanOneSecondMustBeLeft(long millis, long seconds, boolean accepted) {
		this.clock.set(NOON.plusMillis(millis));
		SignedAssertion assertion = this.client.assertion().claim("exp", NOON.getEpochSecond() + seconds);
		assertThat(outcomeOf(this.client.form(""), assertion))
			.isEqualTo(accepted ? TokenOutcome.ISSUED : TokenOutcome.EXPIRED);
	}

	@ParameterizedTest
	@CsvSource({ "0, 1, true", "0, 2, false", "499, 1, true", "499, 2, false", "500, 2, true", "500, 3, false",
			"0, -3600, true", "0, -3601, false", "499, -3600, true", "500, -3600, false", "500, -3599, true" })
	void requestWhenIssueTimeIsAtTheEdgeThenItIsRoundedToTheSecond(long millis, long seconds, boolean accepted) {
		this.clock.set(NOON.plusMillis(millis));
		SignedAssertion assertion = this.client.assertion().claim("iat", NOON.getEpochSecond() + seconds);
		assertThat(outcomeOf(this.client.form(""), assertion))
			.isEqualTo(accepted ? TokenOutcome.ISSUED : TokenOutcome.WRONG_ISSUE_TIME);
	}

	@Test
	void requestWhenTimesHaveFractionsOrAreTextThenAccepted() {
		assertAccepted(this.client.assertion()
			.claim("iat", NOON.getEpochSecond() + 0.5)
			.claim("exp", NOON.plusSeconds(60).toString()));
	}

	@Test
	void requestWhenNbfIsInTheFutureOrJtiIsRepeatedThenAccepted() {
		SignedAssertion assertion = this.client.assertion()
			.claim("nbf", NOON.getEpochSecond() + 3600)
			.claim("jti", "1");
		assertAccepted(assertion);
		assertAccepted(assertion);
	}

	@Test
	void requestWhenAlgorithmIsPs256ThenAccepted() {
		assertAccepted(this.client.assertion().header("alg", "PS256"));
	}

	@Test
	void requestWhenAlgorithmIsEs256WithARegisteredKeyThenRefusedByRow10() throws Exception {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		generator.initialize(new ECGenParameterSpec("secp256r1"));
		KeyPair pair = generator.generateKeyPair();
		String keyId = this.zitadel.serviceUser().registerPublicKey(pair.getPublic());
		SignedAssertion assertion = this.client.assertion().header("kid", keyId).header("alg", "ES256");
		assertRefused(assertion.signedWith(pair.getPrivate()).compact(), TokenOutcome.WRONG_SIGNATURE);
		assertRefused(this.client.assertion().header("kid", keyId).compact(), TokenOutcome.WRONG_SIGNATURE);
	}

	@Test
	void requestWhenKeyIsOfAnotherUserThenRefusedByRow9() {
		FakeServiceUserKey other = this.zitadel.createServiceUser("other").createKey();
		SignedAssertion assertion = this.client.assertion().header("kid", other.keyId());
		assertRefused(assertion.signedWith(other.privateKey()).compact(), TokenOutcome.KEY_NOT_FOUND);
		assertAccepted(this.client.assertion(other));
	}

	@Test
	void requestWhenUserIsAPersonThenRefusedByRow9() {
		FakeServiceUserKey key = this.zitadel.createHumanUser("jane").createKey();
		assertRefused(this.client.assertion(key).compact(), TokenOutcome.KEY_NOT_FOUND);
	}

	@Test
	void requestWhenKeyExpiresThenRefusedByRow9FromThatInstant() {
		FakeServiceUserKey key = this.zitadel.serviceUser().createKey(NOON.plusSeconds(10));
		assertAccepted(this.client.assertion(key));
		this.clock.advance(Duration.ofSeconds(10).minusMillis(1));
		assertAccepted(this.client.assertion(key));
		this.clock.advance(Duration.ofMillis(1));
		assertRefused(this.client.assertion(key).compact(), TokenOutcome.KEY_NOT_FOUND);
		assertAccepted(this.client.assertion());
	}

	@Test
	void requestWhenKeyIsMadeToExpireOrDeletedThenRefusedByRow9() {
		FakeServiceUserKey expired = this.zitadel.serviceUser().createKey();
		expired.expire();
		assertRefused(this.client.assertion(expired).compact(), TokenOutcome.KEY_NOT_FOUND);
		FakeServiceUserKey deleted = this.zitadel.serviceUser().createKey();
		deleted.delete();
		assertRefused(this.client.assertion(deleted).compact(), TokenOutcome.KEY_NOT_FOUND);
		assertAccepted(this.client.assertion());
	}

	@Test
	void requestWhenUserIsRemovedThenRefusedByRow9() {
		FakeServiceUser user = this.zitadel.createServiceUser("other");
		assertAccepted(this.client.assertion(user.key()));
		user.remove();
		assertRefused(this.client.assertion(user.key()).compact(), TokenOutcome.KEY_NOT_FOUND);
	}

	private TokenOutcome outcomeOf(Map<String, String> form, SignedAssertion assertion) {
		form.put("assertion", assertion.compact());
		return outcome(form);
	}

	private TokenOutcome outcome(Map<String, String> form) {
		HttpResponse<String> response = this.client.requestToken(form);
		List<RecordedTokenRequest> requests = this.zitadel.tokenRequests();
		TokenOutcome outcome = requests.get(requests.size() - 1).outcome();
		assertThat(response.statusCode() == 200).isEqualTo(outcome == TokenOutcome.ISSUED);
		return outcome;
	}

	private void assertRefused(String compact, TokenOutcome expected) {
		assertThat(outcome(this.client.form(compact))).isEqualTo(expected);
	}

	private void assertAccepted(SignedAssertion assertion) {
		assertThat(outcomeOf(this.client.form(""), assertion)).isEqualTo(TokenOutcome.ISSUED);
	}

}
