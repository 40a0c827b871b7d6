// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.util.List;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a discovery document is fetched, and what makes one unusable.
 */
class DiscoveryTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private final JwtBearerGrant grant = Grants.of(ZITADEL);

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void close() {
		ZITADEL.close();
	}

	@Test
	void requestDiscoversAtTheFirstTimeOnly() {
		assertThat(ZITADEL.discovery().requestCount()).isZero();
		Grants.assertToken(ZITADEL, this.grant);
		Grants.assertToken(ZITADEL, this.grant);
		assertThat(ZITADEL.discovery().requestCount()).isOne();
		assertThat(ZITADEL.tokenEndpoint().requestCount()).isEqualTo(2);
	}

	@Test
	void requestWhenDiscoveryFailsThenNothingIsRemembered() {
		ZITADEL.discovery().answerNext(1, FakeAnswer.badGateway());
		assertThat(Grants.failureOf(this.grant).getReason()).isEqualTo(Reason.UNAVAILABLE);
		assertThat(ZITADEL.tokenEndpoint().requestCount()).isZero();
		Grants.assertToken(ZITADEL, this.grant);
		assertThat(ZITADEL.discovery().requestCount()).isEqualTo(2);
	}

	@Test
	void requestWhenTokenEndpointIsGoneThenDiscoversAgain() {
		ZITADEL.customizeDiscovery((document) -> document.put("token_endpoint", ZITADEL.issuer() + "/moved"));
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.WRONG_SERVER);
		assertThat(failure).hasMessageContaining("/moved answered with status 404: There is nothing at that address")
			.hasMessageContaining("Check zitadel.service-user.issuer-uri (" + ZITADEL.issuer() + ")");
		ZITADEL.customizeDiscovery((document) -> assertThat(document).isNotEmpty());
		Grants.assertToken(ZITADEL, this.grant);
		assertThat(ZITADEL.discovery().requestCount()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 405, 410, 500, 400 })
	void requestWhenAnswerMayComeOfAnOldDocumentThenDiscoversAgain(int status) {
		ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.text(status, "no"));
		assertThat(Grants.failureOf(this.grant).getReason()).isIn(Reason.INVALID_RESPONSE, Reason.SERVER_ERROR);
		Grants.assertToken(ZITADEL, this.grant);
		assertThat(ZITADEL.discovery().requestCount()).isEqualTo(2);
	}

	@Test
	void requestWhenInstanceTurnsToHttpsThenSaysSoInsteadOfBlamingTheKey() {
		Grants.assertToken(ZITADEL, this.grant);
		ZITADEL.customizeDiscovery((document) -> document.put("issuer", ZITADEL.issuer().replace("http:", "https:")));
		ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.internalError());
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.WRONG_SERVER);
		assertThat(failure).hasMessageContaining("(https, not http)");
		ZITADEL.customizeDiscovery((document) -> assertThat(document).isNotEmpty());
		Grants.assertToken(ZITADEL, this.grant);
	}

	@Test
	void requestWhenIssuerHasAPathThenSaysThatThereIsNone() {
		JwtBearerGrant console = Grants.of(ZITADEL.issuer() + "/ui/console", Grants.keyOf(ZITADEL),
				HttpClientKind.JDK.restClient());
		assertThat(Grants.failureOf(console)).hasMessageContaining("There is nothing at that address. Check "
				+ "zitadel.service-user.issuer-uri (" + ZITADEL.issuer() + "/ui/console). The issuer of a ZITADEL "
				+ "instance has no path: try it without '/ui/console'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "//" })
	void requestWhenIssuerEndsWithASlashThenIsTheSame(String end) {
		Grants.assertToken(ZITADEL,
				Grants.of(ZITADEL.issuer() + end, Grants.keyOf(ZITADEL), HttpClientKind.JDK.restClient()));
	}

	@Test
	void requestWhenAProxyChangesThePortThenSaysSo() {
		ZITADEL.customizeDiscovery((document) -> document.put("issuer", "http://localhost"));
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.WRONG_SERVER);
		assertThat(failure).hasMessageContaining("its issuer is 'http://localhost', but ")
			.hasMessageContaining("(another port: ZITADEL takes it from the 'Host' header");
		ZITADEL.customizeDiscovery((document) -> assertThat(document).isNotEmpty());
		Grants.assertToken(ZITADEL, this.grant);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html>Sign in</html>", "", "null", "[]", "\"text\"", "{\"issuer\":", "{} {}", "{'a':1}" })
	void requestWhenDocumentIsNoJsonObjectThenSaysWhatCame(String body) {
		ZITADEL.discovery().answerNext(1, FakeAnswer.of(200, "text/html", body));
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.INVALID_RESPONSE);
		assertThat(failure).hasMessageContaining("/.well-known/openid-configuration answered with status 200")
			.hasMessageContaining("no JSON object but text/html")
			.hasMessageContaining("login page or a proxy")
			.hasMessageContaining("zitadel.service-user.issuer-uri");
		Grants.assertToken(ZITADEL, this.grant);
	}

	@Test
	void requestWhenDocumentNestsWithoutEndThenIsRefused() {
		ZITADEL.discovery().answerNext(1, FakeAnswer.json(200, "{\"a\":" + "[".repeat(60_000)));
		assertThat(Grants.failureOf(this.grant).getReason()).isEqualTo(Reason.INVALID_RESPONSE);
		Grants.assertToken(ZITADEL, this.grant);
	}

	@ParameterizedTest
	@ValueSource(strings = { "issuer", "token_endpoint" })
	void requestWhenMemberIsUnusableThenNamesIt(String member) {
		for (Object value : new Object[] { "", 7, true, List.of("https://localhost") }) {
			ZITADEL.customizeDiscovery((document) -> document.put(member, value));
			assertUnusable(member);
		}
		ZITADEL.customizeDiscovery((document) -> document.remove(member));
		assertUnusable(member);
		ZITADEL.customizeDiscovery((document) -> assertThat(document).isNotEmpty());
		Grants.assertToken(ZITADEL, this.grant);
	}

	@Test
	void requestWhenHostIsUnknownThenNamesHostAndBothProperties() {
		String issuer = "http://127.0.0.1:" + ZITADEL.port();
		JwtBearerGrant wrong = Grants.of(issuer, Grants.keyOf(ZITADEL), HttpClientKind.JDK.restClient());
		TokenRequestException failure = Grants.failureOf(wrong);
		assertThat(failure.getReason()).isEqualTo(Reason.WRONG_SERVER);
		assertThat(failure).hasMessageContaining("knows no instance by the host 127.0.0.1:" + ZITADEL.port())
			.hasMessageContaining("Set zitadel.service-user.issuer-uri to the external domain of the instance")
			.hasMessageContaining("zitadel.service-user.base-url to that address")
			.hasMessageEndingWith("Its own configuration has 'ExternalDomain' localhost");
	}

	@Test
	void requestWhenThereIsNoZitadelThenChecksTheAddress() {
		ZITADEL.discovery().answerNext(1, FakeAnswer.text(404, "404 page not found"));
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.WRONG_SERVER);
		assertThat(failure)
			.hasMessageContaining("There is nothing at that address. Check zitadel.service-user.issuer-uri");
		Grants.assertToken(ZITADEL, this.grant);
	}

	@Test
	void requestWhenAWebPageSaysThatThereIsNothingThenIsNotTakenForZitadels() {
		ZITADEL.discovery().answerNext(1, FakeAnswer.of(404, "text/html", "<h1>Not found</h1>"));
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.WRONG_SERVER);
		assertThat(failure).hasMessageContaining("which is none of ZITADEL's")
			.hasMessageContaining("Check zitadel.service-user.issuer-uri");
		Grants.assertToken(ZITADEL, this.grant);
	}

	private void assertUnusable(String member) {
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.INVALID_RESPONSE);
		assertThat(failure).hasMessageContaining("has no usable '" + member + "'. Is it a ZITADEL instance?");
		assertThat(ZITADEL.tokenEndpoint().requestCount()).isZero();
	}

}
