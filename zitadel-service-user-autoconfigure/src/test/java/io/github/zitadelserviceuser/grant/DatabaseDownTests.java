// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Clock;
import java.time.Instant;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * ZITADEL without its database looks much as if the host were wrong, and passes.
 */
class DatabaseDownTests {

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
	void requestWhenDiscoveryHasNoDatabaseThenUnavailable() {
		ZITADEL.discovery().answerNext(1, FakeAnswer.databaseDown());
		assertUnavailable(Grants.failureOf(this.grant), "/.well-known/openid-configuration");
		Grants.assertToken(ZITADEL, this.grant);
	}

	@Test
	void requestWhenTokenEndpointHasNoDatabaseThenUnavailable() {
		ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.databaseDown());
		assertUnavailable(Grants.failureOf(this.grant), "/oauth/v2/token");
		Grants.assertToken(ZITADEL, this.grant);
		assertThat(ZITADEL.discovery().requestCount()).as("discovered once, since it is still true").isOne();
	}

	@Test
	void requestWhenUserInfoHasNoDatabaseThenUnavailable() {
		UserInfoEndpoint endpoint = new UserInfoEndpoint(
				AuthorizationServer.of(Grants.PREFIX, ZITADEL.issuer(), null, true), HttpClientKind.JDK.restClient(),
				Clock.systemUTC());
		AccessToken token = new AccessToken(this.grant.request().accessToken(), Instant.EPOCH,
				Instant.EPOCH.plusSeconds(1));
		ZITADEL.userInfo().answerNext(1, FakeAnswer.databaseDown());
		assertUnavailable(catchThrowableOfType(TokenRequestException.class, () -> endpoint.request(token)),
				"/oidc/v1/userinfo");
		assertThat(endpoint.request(token).userId()).isEqualTo(ZITADEL.serviceUser().id());
	}

	private static void assertUnavailable(TokenRequestException failure, String path) {
		assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
		assertThat(failure).hasMessageContaining(path + " answered with status 404: ZITADEL is up but cannot read")
			.hasMessageContaining("database")
			.message()
			.doesNotContain("issuer-uri", "127.0.0.1", "user=zitadel");
	}

}
