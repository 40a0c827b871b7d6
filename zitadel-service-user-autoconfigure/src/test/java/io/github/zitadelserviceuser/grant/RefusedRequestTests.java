// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.RecordedTokenRequest;
import io.github.zitadelserviceuser.fake.TokenOutcome;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What ZITADEL answers when it is not the assertion that it minds, and others in its
 * place.
 */
class RefusedRequestTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.builder().dialect(Dialect.INVALID_GRANT).start();

	private final Tamper proxy = new Tamper();

	private final JwtBearerGrant grant = Grants.of(ZITADEL.issuer(), Grants.keyOf(ZITADEL), this.proxy.restClient());

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void close() {
		ZITADEL.close();
	}

	@Test
	void requestWhenGrantTypeIsLostThenPointsAtAProxy() {
		assertTampered((body) -> body.replaceFirst("grant_type=[^&]+&", ""), TokenOutcome.GRANT_TYPE_MISSING,
				"grant_type missing", "did not arrive whole", "proxy or gateway", "/oauth/v2/token");
	}

	@Test
	void requestWhenBodyIsLostThenPointsAtAProxy() {
		assertTampered((body) -> "", TokenOutcome.GRANT_TYPE_MISSING, "did not arrive whole");
	}

	@Test
	void requestWhenAssertionIsLostThenPointsAtAProxy() {
		assertTampered((body) -> body.replaceFirst("assertion=[^&]+&", ""), TokenOutcome.ASSERTION_MISSING,
				"assertion missing", "did not arrive whole");
	}

	@Test
	void requestWhenScopeIsLostThenNamesTheProperty() {
		assertTampered((body) -> body.replaceFirst("&scope=.*", ""), TokenOutcome.SCOPE_MISSING,
				"The scope of your request is missing. Please ensure some scopes are requested",
				"zitadel.service-user.scopes", "proxy");
	}

	@Test
	void requestWhenGrantTypeIsUnknownThenAsksWhetherItIsZitadel() {
		this.proxy.change((body) -> body.replaceFirst("grant_type=[^&]+", "grant_type=foo"));
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.REFUSED);
		assertThat(failure.getError()).isEqualTo("unsupported_grant_type");
		assertThat(failure).hasMessageContaining("foo not supported")
			.hasMessageContaining("does not know this way to authenticate")
			.hasMessageContaining("zitadel.service-user.issuer-uri (" + ZITADEL.issuer() + ")");
		this.proxy.stop();
		Grants.assertToken(ZITADEL, this.grant);
	}

	@Test
	void requestWhenUserIsLockedThenNamesTheConsolePage() {
		ZITADEL.serviceUser().lock();
		assertNotActive();
		ZITADEL.serviceUser().reactivate();
		Grants.assertToken(ZITADEL, this.grant);
	}

	@Test
	void requestWhenUserIsDeactivatedAfterATokenThenNamesTheConsolePage() {
		Grants.assertToken(ZITADEL, this.grant);
		ZITADEL.serviceUser().deactivate();
		assertNotActive();
		ZITADEL.serviceUser().reactivate();
		Grants.assertToken(ZITADEL, this.grant);
	}

	@Test
	void requestWhenInstanceIsBlockedThenSpeaksOfQuota() {
		ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.instanceBlocked());
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
		assertThat(failure).hasMessageContaining("status 429")
			.hasMessageContaining("quota")
			.hasMessageContaining("billing");
		Grants.assertToken(ZITADEL, this.grant);
	}

	@Test
	void requestWhenInstanceIsBlockedAtDiscoveryThenSpeaksOfQuota() {
		ZITADEL.discovery().answerNext(1, FakeAnswer.instanceBlocked());
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
		assertThat(failure).hasMessageContaining("openid-configuration answered with status 429")
			.hasMessageContaining("quota");
		Grants.assertToken(ZITADEL, this.grant);
	}

	@Test
	void requestWhenZitadelFailsThenBothMeaningsAreGiven() {
		ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.internalError());
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.SERVER_ERROR);
		assertThat(failure).hasMessageContaining("ZITADEL's log tells more")
			.hasMessageContaining("most likely because");
		Grants.assertToken(ZITADEL, this.grant);
	}

	@ParameterizedTest
	@ValueSource(ints = { 408, 425, 429, 502, 503, 504 })
	void requestWhenAProxyCannotReachZitadelThenIsUnavailable(int status) {
		FakeAnswer answer = FakeAnswer.of(status, "text/html", "<html><h1>Sorry</h1></html>");
		ZITADEL.tokenEndpoint().answerNext(1, answer);
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
		assertThat(failure).hasMessageContaining("status " + status)
			.hasMessageContaining("It cannot answer now: text/html '<html><h1>Sorry</h1></html>'");
		ZITADEL.discovery().answerNext(1, answer);
		Grants.assertToken(ZITADEL, this.grant);
		assertThat(ZITADEL.discovery().requestCount()).as("discovered once, since it is still true").isOne();
	}

	@ParameterizedTest
	@CsvSource({ "500, SERVER_ERROR", "501, SERVER_ERROR", "599, SERVER_ERROR", "400, INVALID_RESPONSE",
			"401, INVALID_RESPONSE", "403, INVALID_RESPONSE", "405, INVALID_RESPONSE", "418, INVALID_RESPONSE",
			"201, INVALID_RESPONSE", "202, INVALID_RESPONSE" })
	void requestWhenAnswerIsNoOAuthErrorThenShowsIt(int status, Reason reason) {
		ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.text(status, (status == 202) ? "" : "Computer says no"));
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(reason);
		assertThat(failure.getError()).isNull();
		assertThat(failure).hasMessageContaining("status " + status)
			.hasMessageContaining((status == 202) ? "the body is empty" : "'Computer says no'");
		if (reason == Reason.INVALID_RESPONSE) {
			assertThat(failure).hasMessageContaining("Check zitadel.service-user.issuer-uri");
		}
		Grants.assertToken(ZITADEL, this.grant);
	}

	@ParameterizedTest
	@CsvSource({ "400, invalid_request, REFUSED", "401, invalid_client, REFUSED", "403, access_denied, REFUSED",
			"200, access_denied, REFUSED", "500, access_denied, SERVER_ERROR" })
	void requestWhenErrorIsNoneOfZitadelsThenShowsItAndWhereToLook(int status, String error, Reason reason) {
		ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.oauthError(status, error, "Something else"));
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(reason);
		assertThat(failure.getError()).isEqualTo(error);
		assertThat(failure).hasMessageContaining(error + " / Something else. ZITADEL's log may tell more. Check ");
		Grants.assertToken(ZITADEL, this.grant);
	}

	@Test
	void requestWhenErrorSaysThatItPassesThenIsUnavailableAndHasTheCode() {
		ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.oauthError(503, "temporarily_unavailable", "Soon"));
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
		assertThat(failure.getError()).isEqualTo("temporarily_unavailable");
		assertThat(failure).hasMessageContaining("It cannot answer now: ").hasMessageContaining("Soon");
		Grants.assertToken(ZITADEL, this.grant);
	}

	@Test
	void requestSendsTheFormAndNothingElse() {
		Grants.assertToken(ZITADEL, this.grant);
		RecordedTokenRequest request = ZITADEL.tokenRequests().get(0);
		assertThat(request.method()).isEqualTo("POST");
		assertThat(request.bodyParameters()).isEqualTo(Set.of("grant_type", "assertion", "scope"));
		assertThat(request.queryParameters()).isEmpty();
		assertThat(request.requestedScopes()).isEqualTo(List.of("openid", "profile", "email"));
		assertThat(request.headers()).doesNotContainKeys("authorization", "cookie", "x-zitadel-instance-host")
			.containsEntry("accept", List.of("application/json"))
			.containsEntry("content-type", List.of("application/x-www-form-urlencoded"));
	}

	private void assertTampered(UnaryOperator<String> change, TokenOutcome outcome, String... words) {
		this.proxy.change(change);
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(ZITADEL.tokenRequests().get(0).outcome()).isEqualTo(outcome);
		assertThat(failure.getReason()).isEqualTo(Reason.REFUSED);
		assertThat(failure.getError()).isEqualTo("invalid_request");
		assertThat(failure).message().contains(words);
		this.proxy.stop();
		Grants.assertToken(ZITADEL, this.grant);
	}

	private void assertNotActive() {
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.REFUSED);
		assertThat(failure.getError()).isEqualTo("invalid_request");
		assertThat(failure).hasMessageContaining("Errors.User.NotActive")
			.hasMessageContaining("The service user " + ZITADEL.serviceUser().id() + " is deactivated or locked")
			.hasMessageContaining("console: Users, Service Users");
	}

}
