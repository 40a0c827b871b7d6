// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.AccessToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers for what stands before the server, on whatever is asked of it.
 */
class ServerHeadersTests {

	private static final String SECRET = "s3cret-0f-the-gateway";

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private final AuthorizationServer server = AuthorizationServer.of(Grants.PREFIX, ZITADEL.issuer(), null, true)
		.withHeaders(Map.of("X-Gateway-Key", SECRET, "X-Tenant", "a"));

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
	void requestThenDiscoveryTokenAndUserInfoHaveThem(HttpClientKind kind) {
		JwtBearerGrant grant = grant(kind);
		String token = grant.request().accessToken();
		new UserInfoEndpoint(this.server, kind.restClient(), Clock.systemUTC(), new DiscoveryCache())
			.request(new AccessToken(token, Instant.EPOCH, Instant.EPOCH.plusSeconds(60)));
		assertThat(ZITADEL.discovery().calls()).hasSize(2).allMatch((call) -> hasThem(call.headers()));
		assertThat(ZITADEL.tokenRequests()).hasSize(1).allMatch((call) -> hasThem(call.headers()));
		assertThat(ZITADEL.userInfo().calls()).hasSize(1).allMatch((call) -> hasThem(call.headers()));
	}

	@Test
	void requestWhenTheGatewayQuotesThemThenTheyAreNotShown() {
		JwtBearerGrant grant = grant(HttpClientKind.JDK);
		ZITADEL.discovery().answerNext(1, FakeAnswer.text(403, "The key " + SECRET + " is not valid"));
		assertThat(Grants.failureOf(grant)).hasMessageContaining("The key [...] is not valid").satisfies((failure) -> {
			assertThat(failure).hasMessageNotContaining(SECRET).hasNoCause();
			assertThat(failure.toString()).doesNotContain(SECRET);
		});
		Grants.assertToken(ZITADEL, grant);
	}

	@Test
	void toStringThenNamesThemOnly() {
		assertThat(this.server).hasToString("AuthorizationServer[propertyPrefix=zitadel.service-user, issuer="
				+ ZITADEL.issuer() + ", baseUrl=" + ZITADEL.issuer() + ", headers=[X-Gateway-Key, X-Tenant]]");
		assertThat(new AuthorizationServer(Grants.PREFIX, URI.create(ZITADEL.issuer()), URI.create(ZITADEL.issuer()))
			.headers()).isEmpty();
	}

	private JwtBearerGrant grant(HttpClientKind kind) {
		return Grants.of(this.server, Grants.keyOf(ZITADEL), kind.restClient(), Clock.systemUTC());
	}

	private static boolean hasThem(Map<String, List<String>> headers) {
		return List.of(SECRET).equals(headers.get("x-gateway-key")) && List.of("a").equals(headers.get("x-tenant"));
	}

}
