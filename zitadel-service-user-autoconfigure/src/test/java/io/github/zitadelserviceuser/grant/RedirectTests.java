// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URI;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A redirect takes the assertion nowhere, over each HTTP client.
 */
class RedirectTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void close() {
		ZITADEL.close();
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenRedirectedThenDoesNotFollow(HttpClientKind kind) {
		try (RawServer elsewhere = RawServer.answering("{\"access_token\":\"abc\",\"token_type\":\"Bearer\"}")) {
			JwtBearerGrant grant = Grants.of(ZITADEL.issuer(), Grants.keyOf(ZITADEL), kind.restClient());
			for (int status : new int[] { 301, 302, 303, 307, 308 }) {
				FakeAnswer redirect = FakeAnswer.text(status, "")
					.withHeader("Location", elsewhere.url() + "/path?assertion=short-secret");
				ZITADEL.tokenEndpoint().answerNext(1, redirect);
				assertNotFollowed(grant, status, elsewhere);
				Grants.assertToken(ZITADEL, grant);
				JwtBearerGrant undiscovered = Grants.of(ZITADEL.issuer(), Grants.keyOf(ZITADEL), kind.restClient());
				ZITADEL.discovery().answerNext(1, redirect);
				assertNotFollowed(undiscovered, status, elsewhere);
				Grants.assertToken(ZITADEL, undiscovered);
			}
			assertThat(elsewhere.requests()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenRedirectedOnTheSameHostThenDoesNotFollow(HttpClientKind kind) {
		JwtBearerGrant grant = Grants.of(ZITADEL.issuer(), Grants.keyOf(ZITADEL), kind.restClient());
		ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.text(307, "").withHeader("Location", "/oauth/v2/token"));
		TokenRequestException failure = Grants.failureOf(grant);
		assertThat(failure.getReason()).isEqualTo(Reason.WRONG_SERVER);
		assertThat(failure).hasMessageContaining("It redirects to " + ZITADEL.issuer() + ", which is not followed");
		assertThat(ZITADEL.tokenEndpoint().requestCount()).isOne();
		Grants.assertToken(ZITADEL, grant);
	}

	@ParameterizedTest
	@ValueSource(strings = { "mailto:x@y", "http://user:password@evil.example/", "not a uri", "http://bad_host/", "" })
	void requestWhenTargetIsOddThenIsNotShown(String location) {
		JwtBearerGrant grant = Grants.of(ZITADEL);
		ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.text(302, "").withHeader("Location", location));
		TokenRequestException failure = Grants.failureOf(grant);
		assertThat(failure.getReason()).isEqualTo(Reason.WRONG_SERVER);
		assertThat(failure).hasMessageContaining("It redirects to ").message().doesNotContain("password");
		ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.text(302, ""));
		assertThat(Grants.failureOf(grant)).hasMessageContaining("It redirects to nowhere");
		Grants.assertToken(ZITADEL, grant);
	}

	private static void assertNotFollowed(JwtBearerGrant grant, int status, RawServer elsewhere) {
		TokenRequestException failure = Grants.failureOf(grant);
		assertThat(failure.getReason()).isEqualTo(Reason.WRONG_SERVER);
		assertThat(failure)
			.hasMessageContaining("answered with status " + status + ": It redirects to http://localhost:"
					+ URI.create(elsewhere.url()).getPort()
					+ ", which is not followed: a credential goes to the issuer alone")
			.hasMessageContaining("Check zitadel.service-user.issuer-uri")
			.message()
			.doesNotContain("short-secret");
	}

}
