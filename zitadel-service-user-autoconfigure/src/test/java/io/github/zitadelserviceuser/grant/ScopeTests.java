// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Clock;
import java.util.List;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.RecordedTokenRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which scopes are asked for. What ZITADEL does not know it drops without a word, so that
 * each must arrive as it was given.
 */
class ScopeTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void close() {
		ZITADEL.close();
	}

	@Test
	void requestAsksForEachScopeInOrderAndOnce() {
		List<String> scopes = List.of("openid", "urn:zitadel:iam:org:project:id:zitadel:aud",
				"urn:zitadel:iam:org:project:id:123456789012345678:aud", "urn:zitadel:iam:org:projects:roles",
				"urn:zitadel:iam:org:project:role:a+b&c=d%20\u00e9", "urn:zitadel:iam:user:metadata");
		RecordedTokenRequest request = request(List.of(scopes.get(0), scopes.get(1), scopes.get(2), scopes.get(0),
				scopes.get(3), scopes.get(4), scopes.get(1), scopes.get(5)));
		assertThat(request.requestedScopes()).isEqualTo(scopes);
		assertThat(request.grantedScopes()).contains(scopes.get(1), scopes.get(2), scopes.get(3));
	}

	@Test
	void requestWhenThereIsNoScopeThenSendsTheParameterAllTheSame() {
		RecordedTokenRequest request = request(List.of());
		assertThat(request.bodyParameters()).contains("scope");
		assertThat(request.requestedScopes()).isEmpty();
	}

	@Test
	void requestWhenScopeIsUnknownThenGetsATokenWithoutIt() {
		RecordedTokenRequest request = request(List.of("openid", "urn:zitadel:iam:org:project:roles"));
		assertThat(request.grantedScopes()).containsExactly("openid");
	}

	private static RecordedTokenRequest request(List<String> scopes) {
		JwtBearerGrant grant = new JwtBearerGrant(AuthorizationServer.of(Grants.PREFIX, ZITADEL.issuer(), null, true),
				Grants.lastGood(Grants.keyOf(ZITADEL)), scopes, HttpClientKind.JDK.restClient(), Clock.systemUTC());
		Grants.assertToken(ZITADEL, grant);
		return ZITADEL.tokenRequests().get(0);
	}

}
