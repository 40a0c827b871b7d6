// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rows 1, 2, 11 and 12, and the successful answer.
 */
class TokenEndpointTests {

	private final MutableClock clock = new MutableClock();

	private final FakeZitadel zitadel = FakeZitadel.builder().clock(this.clock).start();

	private final TestClient client = new TestClient(this.zitadel);

	@AfterEach
	void close() {
		this.zitadel.close();
	}

	@Test
	void requestWhenRightThenAnsweredWithATokenAndNothingMore() {
		HttpResponse<String> response = this.client.requestToken();
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("content-type")).contains("application/json");
		assertThat(response.headers().firstValue("cache-control")).contains("no-store");
		Map<String, Object> body = TestClient.json(response);
		assertThat(body).containsOnlyKeys("access_token", "token_type", "expires_in", "id_token")
			.containsEntry("token_type", "Bearer")
			.containsEntry("expires_in", 43199);
		assertThat(this.zitadel.isValid(body.get("access_token").toString())).isTrue();
	}

	@Test
	void requestWhenRepeatedThenEveryTokenIsAnother() {
		assertThat(this.client.token("openid")).isNotEqualTo(this.client.token("openid"));
		assertThat(this.zitadel.issuedTokens()).hasSize(2);
	}

	@Test
	void requestWhenScopeLacksOpenidThenNoIdToken() {
		Map<String, String> form = this.client.form(this.client.assertion().compact());
		form.put("scope", "profile");
		assertThat(TestClient.json(this.client.requestToken(form))).doesNotContainKey("id_token")
			.containsKey("access_token");
	}

	@Test
	void requestWhenLifetimeIsShortenedThenExpiresInFollows() {
		this.zitadel.tokenLifetime(Duration.ofMillis(90_900));
		Map<String, Object> body = TestClient.json(this.client.requestToken());
		assertThat(body).containsEntry("expires_in", 90);
		String token = body.get("access_token").toString();
		this.clock.advance(Duration.ofMillis(90_899));
		assertThat(this.zitadel.isValid(token)).isTrue();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.zitadel.isValid(token)).isFalse();
	}

	@Test
	void requestWhenNoWholeSecondIsLeftThenExpiresInIsOmitted() {
		this.zitadel.tokenLifetime(Duration.ZERO);
		assertThat(TestClient.json(this.client.requestToken())).doesNotContainKey("expires_in");
		this.zitadel.tokenLifetime(Duration.ofSeconds(1));
		assertThat(TestClient.json(this.client.requestToken())).doesNotContainKey("expires_in");
		this.zitadel.tokenLifetime(Duration.ofSeconds(3));
		assertThat(TestClient.json(this.client.requestToken())).containsEntry("expires_in", 2);
	}

	@Test
	void requestWhenClockIsShiftedThenDateHeaderAndChecksFollow() {
		assertThat(date()).isEqualTo("Sat, 31 Jan 2026 23:59:58 GMT");
		SignedAssertion early = this.client.assertion();
		this.zitadel.clockOffset(Duration.ofHours(2));
		assertThat(date()).isEqualTo("Sun, 01 Feb 2026 01:59:58 GMT");
		assertThat(this.client.requestToken(early).statusCode()).isEqualTo(500);
		assertThat(this.client.requestToken().statusCode()).isEqualTo(200);
		this.zitadel.clockOffset(Duration.ofHours(-2));
		assertThat(date()).isEqualTo("Sat, 31 Jan 2026 21:59:58 GMT");
		assertThat(this.client.requestToken(early).statusCode()).isEqualTo(500);
		this.zitadel.clockOffset(Duration.ZERO);
		assertThat(this.client.requestToken(early).statusCode()).isEqualTo(200);
	}

	private String date() {
		return this.client.get("/").headers().firstValue("date").orElseThrow();
	}

	@ParameterizedTest
	@EnumSource(Dialect.class)
	void requestWhenRefusedByOtherRowsThenBothDialectsSayTheSame(Dialect dialect) {
		try (FakeZitadel other = FakeZitadel.builder().dialect(dialect).start()) {
			TestClient otherClient = new TestClient(other);
			String assertion = otherClient.assertion().compact();
			Map<String, String> form = otherClient.form(assertion);
			form.remove("grant_type");
			assertError(otherClient.requestToken(form), 400, "invalid_request", "grant_type missing");
			form.put("grant_type", "foo");
			assertError(otherClient.requestToken(form), 400, "unsupported_grant_type", "foo not supported");
			form.put("grant_type", TokenHandler.JWT_BEARER);
			form.put("assertion", "");
			assertError(otherClient.requestToken(form), 400, "invalid_request", "assertion missing");
			form.remove("assertion");
			assertError(otherClient.requestToken(form), 400, "invalid_request", "assertion missing");
			form.put("assertion", assertion);
			form.remove("scope");
			assertError(otherClient.requestToken(form), 400, "invalid_request",
					"The scope of your request is missing. Please ensure some scopes are requested. If you have any "
							+ "questions, you may contact the administrator of the application.");
			form.put("scope", "");
			other.serviceUser().lock();
			assertError(otherClient.requestToken(form), 400, "invalid_request", "Errors.User.NotActive");
			other.serviceUser().reactivate();
			assertThat(otherClient.requestToken(form).statusCode()).isEqualTo(200);
			assertThat(other.tokenRequests()).extracting(RecordedTokenRequest::outcome)
				.containsExactly(TokenOutcome.GRANT_TYPE_MISSING, TokenOutcome.GRANT_TYPE_UNSUPPORTED,
						TokenOutcome.ASSERTION_MISSING, TokenOutcome.ASSERTION_MISSING, TokenOutcome.SCOPE_MISSING,
						TokenOutcome.USER_NOT_ACTIVE, TokenOutcome.ISSUED);
		}
	}

	private static void assertError(HttpResponse<String> response, int status, String error, String description) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("content-type")).contains("application/json");
		assertThat(response.headers().firstValue("cache-control")).contains("no-store");
		assertThat(TestClient.json(response))
			.containsExactlyInAnyOrderEntriesOf(Map.of("error", error, "error_description", description));
	}

	@Test
	void requestWhenBodyIsJsonThenGrantTypeIsMissing() {
		String json = Json.write(this.client.form(this.client.assertion().compact()));
		assertError(this.client.send(this.client.request("/oauth/v2/token")
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json))), 400, "invalid_request", "grant_type missing");
	}

	@Test
	void requestWhenBodyHasNoContentTypeThenGrantTypeIsMissing() {
		String form = TestClient.encode(this.client.form(this.client.assertion().compact()));
		assertError(this.client.send(this.client.request("/oauth/v2/token").POST(BodyPublishers.ofString(form))), 400,
				"invalid_request", "grant_type missing");
	}

	@Test
	void requestWhenGetWithoutQueryThenGrantTypeIsMissing() {
		assertError(this.client.get("/oauth/v2/token"), 400, "invalid_request", "grant_type missing");
	}

	@Test
	void requestWhenParametersAreInTheQueryThenAcceptedButRecorded() {
		String form = TestClient.encode(this.client.form(this.client.assertion().compact()));
		assertThat(this.client.get("/oauth/v2/token?" + form).statusCode()).isEqualTo(200);
		RecordedTokenRequest request = this.zitadel.tokenRequests().get(0);
		assertThat(request.method()).isEqualTo("GET");
		assertThat(request.queryParameters()).containsExactlyInAnyOrder("grant_type", "assertion", "scope");
		assertThat(request.bodyParameters()).isEmpty();
	}

	@Test
	void requestWhenParametersAreRepeatedThenFirstGrantTypeAndLastOfTheOthersCount() {
		String form = TestClient.encode(this.client.form(this.client.assertion().compact()));
		String before = "grant_type=" + TokenHandler.JWT_BEARER + "&assertion=x&scope=email&";
		assertThat(this.client.send(this.client.tokenRequest(before + form + "&grant_type=foo")).statusCode())
			.isEqualTo(200);
		assertThat(this.zitadel.tokenRequests().get(0).requestedScopes()).containsExactly("openid", "profile");
		assertError(this.client.send(this.client.tokenRequest("grant_type=foo&" + form)), 400, "unsupported_grant_type",
				"foo not supported");
		assertThat(this.client.send(this.client.tokenRequest(form + "&assertion=x")).statusCode()).isEqualTo(500);
	}

	@ParameterizedTest
	@ValueSource(strings = { "grant_type=%", "grant_type=%zz", "a;b=c" })
	void requestWhenFormCannotBeDecodedThenRefused(String body) {
		assertError(this.client.send(this.client.tokenRequest(body)), 400, "invalid_request", "error parsing form");
		assertThat(this.zitadel.tokenRequests().get(0).outcome()).isEqualTo(TokenOutcome.MALFORMED_FORM);
	}

	@Test
	void requestWhenBodyIsTooLargeThenRefusedAndTheNextAccepted() throws Exception {
		String response = RawHttp.exchange(this.zitadel.port(),
				"POST /oauth/v2/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
						+ "Content-Length: " + (HttpMessages.BODY_LIMIT + 1) + "\r\n\r\n");
		assertThat(response).startsWith("HTTP/1.1 400 ").contains("error parsing form");
		assertThat(this.client.requestToken().statusCode()).isEqualTo(200);
	}

	@Test
	void requestWhenContentTypeHasACharsetAndBodyIsChunkedThenAccepted() {
		String form = TestClient.encode(this.client.form(this.client.assertion().compact()));
		assertThat(this.client
			.send(this.client.request("/oauth/v2/token")
				.header("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8")
				.POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(form))))
			.statusCode()).isEqualTo(200);
	}

	@Test
	void requestWhenScopesAreUnknownThenDroppedSilently() {
		String project = "urn:zitadel:iam:org:project:id:123:aud";
		String scopes = "openid profile email phone address " + project + " urn:zitadel:iam:org:projects:roles "
				+ "urn:zitadel:iam:org:project:role:reader urn:zitadel:iam:org:roles:id:9 "
				+ "urn:zitadel:iam:user:resourceowner urn:zitadel:iam:user:metadata urn:zitadel:iam:org:id:"
				+ this.zitadel.organizationId() + " urn:zitadel:iam:org:domain:primary:zitadel.localhost";
		String unknown = "opneid offline_access urn:zitadel:iam:org:project:roles urn:iam:org:project:roles "
				+ "urn:zitadel:iam:org:project:id::aud urn:zitadel:iam:org:id:9 "
				+ "urn:zitadel:iam:org:domain:primary:example.com";
		this.client.token(scopes + "  " + unknown);
		RecordedTokenRequest request = this.zitadel.tokenRequests().get(0);
		assertThat(request.grantedScopes()).containsExactlyInAnyOrder(scopes.split(" "));
		assertThat(request.requestedScopes()).endsWith(unknown.split(" ")).hasSize(20);
		assertThat(this.zitadel.issuedTokens().get(0).audience()).containsExactly("123");
	}

	@Test
	void requestWhenAnsweredThenRecordedWithoutTheAssertion() {
		String assertion = this.client.assertion().claim("jti", "7").compact();
		this.client.requestToken(this.client.form(assertion));
		RecordedTokenRequest request = this.zitadel.tokenRequests().get(0);
		assertThat(request.claims()).containsEntry("jti", "7").containsEntry("aud", this.zitadel.issuer());
		assertThat(request.assertionHeader()).containsEntry("alg", "RS256");
		assertThat(request.bodyParameters()).containsExactlyInAnyOrder("grant_type", "assertion", "scope");
		assertThat(request.issuer()).isEqualTo(this.zitadel.issuer());
		assertThat(request.headers()).containsKey("content-type").doesNotContainKey("authorization");
		assertThat(request.answeredAt()).isEqualTo(this.clock.instant());
		assertThat(request.outcome().row()).isZero();
		assertThat(request.toString()).contains("ISSUED").doesNotContain(assertion);
	}

	@Test
	void requestWhenKeyBecomesKnownLateThenRefusedUntilThen() {
		FakeServiceUserKey key = this.zitadel.serviceUser().createKey();
		key.becomeKnownAfter(Duration.ofSeconds(5));
		assertThat(this.client.requestToken(this.client.assertion(key)).statusCode()).isEqualTo(500);
		this.clock.advance(Duration.ofSeconds(4));
		assertThat(this.client.requestToken(this.client.assertion(key)).statusCode()).isEqualTo(500);
		assertThat(this.client.requestToken().statusCode()).isEqualTo(200);
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.client.requestToken(this.client.assertion(key)).statusCode()).isEqualTo(200);
		key.becomeKnownAfter(Duration.ofDays(1));
		assertThat(this.client.requestToken(this.client.assertion(key)).statusCode()).isEqualTo(500);
		key.becomeKnownAfter(Duration.ZERO);
		assertThat(this.client.requestToken(this.client.assertion(key)).statusCode()).isEqualTo(200);
		assertThat(this.zitadel.tokenRequests()).extracting(RecordedTokenRequest::outcome)
			.containsExactly(TokenOutcome.KEY_NOT_FOUND, TokenOutcome.KEY_NOT_FOUND, TokenOutcome.ISSUED,
					TokenOutcome.ISSUED, TokenOutcome.KEY_NOT_FOUND, TokenOutcome.ISSUED);
	}

	@Test
	void requestWhenResponseIsCustomizedThenSentSoUntilReset() {
		this.zitadel.customizeTokenResponse((body) -> body.remove("access_token"));
		assertThat(TestClient.json(this.client.requestToken())).doesNotContainKey("access_token");
		this.zitadel.reset();
		assertThat(TestClient.json(this.client.requestToken())).containsKey("access_token");
	}

	@Test
	void requestWhenTokenEndpointIsMovedThenOnlyThere() {
		try (FakeZitadel other = FakeZitadel.builder().tokenEndpointPath("/custom/token").start()) {
			TestClient otherClient = new TestClient(other);
			assertThat(otherClient.requestToken().statusCode()).isEqualTo(404);
			assertThat(TestClient.json(otherClient.get(DiscoveryHandler.PATH))).containsEntry("token_endpoint",
					other.issuer() + "/custom/token");
			assertThat(TestClient.json(otherClient.get("/custom/token"))).containsEntry("error_description",
					"grant_type missing");
		}
	}

	@Test
	void outcomeWhenListedThenInTheOrderOfTheRows() {
		assertThat(List.of(TokenOutcome.values())).extracting(TokenOutcome::row).isSorted().contains(12);
		assertThat(List.of(AssertionCheck.values())).extracting((check) -> check.outcome().row())
			.containsExactly(4, 5, 6, 7, 8, 9, 10);
	}

}
