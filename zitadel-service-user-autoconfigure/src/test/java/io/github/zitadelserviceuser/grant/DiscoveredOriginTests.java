// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

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
 * Where the assertion goes: to the configured issuer and nowhere else, whatever the
 * discovery document says.
 */
class DiscoveredOriginTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final FakeZitadel OTHER = FakeZitadel.start();

	private final JwtBearerGrant grant = Grants.of(ZITADEL);

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void close() {
		ZITADEL.close();
		OTHER.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://localhost:PORT", "http://localhost", "http://localhost:1",
			"http://localhost:PORT/path", "http://localhost.:PORT", "http://127.0.0.1:PORT",
			"http://my-organisation-production-a1b2c3.eu1.zitadel.cloud", "http://localhost:PORT?x=y",
			"http://localhost:PORT#x", "http://user@localhost:PORT", "//localhost:PORT", "localhost:PORT",
			"ftp://localhost:PORT", "http://localhost:PORT /", "\\\\localhost", "http://local%68ost:PORT", "urn:x" })
	void requestWhenIssuerIsAnotherThenShowsBoth(String issuer) {
		String discovered = issuer.replace("PORT", "" + ZITADEL.port());
		ZITADEL.customizeDiscovery((document) -> document.put("issuer", discovered));
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.WRONG_SERVER);
		assertThat(failure).hasMessageContaining("says that its issuer is '" + discovered + "'")
			.hasMessageContaining("zitadel.service-user.issuer-uri is '" + ZITADEL.issuer() + "'")
			.hasMessageContaining("zitadel.service-user.base-url");
		assertNotSent();
	}

	@Test
	void requestWhenIssuerDiffersInTheSchemeAloneThenPointsAtIt() {
		ZITADEL.customizeDiscovery((document) -> document.put("issuer", "https://localhost:" + ZITADEL.port()));
		assertThat(Grants.failureOf(this.grant)).hasMessageContaining(" (https, not http). Set ");
		AuthorizationServer secure = AuthorizationServer.of(Grants.PREFIX, "https://zitadel.example", null, true);
		assertThat(new DiscoveryFailures(secure).otherIssuer("http://zitadel.example"))
			.hasMessageContaining("not configured as externally secure");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:PORT/", "HTTP://LOCALHOST:PORT", "http://LocalHost:PORT//" })
	void requestWhenIssuerDiffersInSpellingAloneThenIsTheAudienceAsItStands(String issuer) {
		String discovered = issuer.replace("PORT", "" + ZITADEL.port());
		ZITADEL.customizeDiscovery((document) -> document.put("issuer", discovered));
		Grants.failureOf(this.grant);
		assertThat(ZITADEL.tokenRequests().get(0).claims()).containsEntry("aud", discovered);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:OTHER/oauth/v2/token", "https://localhost:PORT/oauth/v2/token",
			"http://127.0.0.1:PORT/oauth/v2/token", "http://localhost/oauth/v2/token",
			"http://localhost.:PORT/oauth/v2/token", "http://sub.localhost:PORT/oauth/v2/token",
			"http://attacker.example/http://localhost:PORT/oauth/v2/token" })
	void requestWhenTokenEndpointIsAtAnotherOriginThenNothingIsSent(String endpoint) {
		TokenRequestException failure = failureWithEndpoint(endpoint);
		assertThat(failure.getReason()).isEqualTo(Reason.WRONG_SERVER);
		assertThat(failure).hasMessageContaining("The token endpoint that was discovered is at http")
			.hasMessageContaining("not at the issuer's origin " + ZITADEL.issuer())
			.hasMessageContaining("zitadel.service-user.issuer-uri")
			.hasMessageContaining("external domain");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/oauth/v2/token", "//localhost:PORT/oauth/v2/token", "oauth/v2/token", "not a uri",
			"http://localhost:PORT@localhost:OTHER/oauth/v2/token",
			"http://user:password@localhost:PORT/oauth/v2/token", "http://localhost:PORT\\@localhost:OTHER/",
			"http:localhost", "file:///etc/passwd", "http:///oauth", "http://local_host:PORT/",
			"http://localhost:PORT/oauth/v2/token#fragment", "javascript:alert(1)" })
	void requestWhenTokenEndpointIsUnusableThenNothingIsSent(String endpoint) {
		TokenRequestException failure = failureWithEndpoint(endpoint);
		assertThat(failure.getReason()).isEqualTo(Reason.INVALID_RESPONSE);
		assertThat(failure).hasMessageContaining("has no usable 'token_endpoint'").message().doesNotContain("password");
	}

	@Test
	void requestWhenTokenEndpointHasAQueryThenItIsKeptAndHoldsNoParameterOfOurs() {
		ZITADEL.customizeDiscovery(
				(document) -> document.put("token_endpoint", ZITADEL.issuer() + "/oauth/v2/token?a=b%20c"));
		Grants.assertToken(ZITADEL, this.grant);
		assertThat(ZITADEL.tokenRequests().get(0).queryParameters()).containsExactly("a");
	}

	@Test
	void requestWhenTokenEndpointHasUpperCaseThenIsTheSameOrigin() {
		ZITADEL.customizeDiscovery(
				(document) -> document.put("token_endpoint", "HTTP://LOCALHOST:" + ZITADEL.port() + "/oauth/v2/token"));
		Grants.assertToken(ZITADEL, this.grant);
	}

	@Test
	void requestWhenTokenEndpointHasAPathOfItsOwnThenGoesThere() {
		try (FakeZitadel zitadel = FakeZitadel.builder().tokenEndpointPath("/custom/token").start()) {
			Grants.assertToken(zitadel, Grants.of(zitadel));
		}
	}

	private TokenRequestException failureWithEndpoint(String endpoint) {
		ZITADEL.customizeDiscovery((document) -> document.put("token_endpoint",
				endpoint.replace("PORT", "" + ZITADEL.port()).replace("OTHER", "" + OTHER.port())));
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertNotSent();
		return failure;
	}

	private void assertNotSent() {
		assertThat(ZITADEL.tokenEndpoint().requestCount()).isZero();
		assertThat(OTHER.tokenEndpoint().requestCount()).isZero();
		ZITADEL.customizeDiscovery((document) -> assertThat(document).isNotEmpty());
		Grants.assertToken(ZITADEL, this.grant);
	}

}
