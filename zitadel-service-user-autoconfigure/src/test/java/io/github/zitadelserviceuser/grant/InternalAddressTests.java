// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Clock;
import java.util.List;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.RecordedTokenRequest;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance that is reached by another address than its issuer's.
 */
class InternalAddressTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.builder()
		.withDomain("zitadel.example")
		.externallySecure(true)
		.tokenEndpointPath("/custom/token")
		.start();

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void close() {
		ZITADEL.close();
	}

	@Test
	void requestSendsTheInstanceHostAndPutsTheEndpointOnTheBase() {
		Grants.assertToken(ZITADEL, grant("https://zitadel.example", ZITADEL.url()));
		RecordedTokenRequest request = ZITADEL.tokenRequests().get(0);
		assertThat(request.headers()).containsEntry("x-zitadel-instance-host", List.of("zitadel.example"))
			.containsEntry("host", List.of("localhost:" + ZITADEL.port()));
		assertThat(request.claims()).containsEntry("aud", "https://zitadel.example");
	}

	@Test
	void requestWhenIssuerHasAPortThenIsPartOfTheInstanceHost() {
		Grants.assertToken(ZITADEL, grant("https://zitadel.example:8443", ZITADEL.url() + "/"));
		RecordedTokenRequest request = ZITADEL.tokenRequests().get(0);
		assertThat(request.headers()).containsEntry("x-zitadel-instance-host", List.of("zitadel.example:8443"));
		assertThat(request.claims()).containsEntry("aud", "https://zitadel.example:8443");
	}

	@Test
	void requestWhenIssuerIsSpelledInUpperCaseWithDefaultPortThenSendsThePlainForm() {
		Grants.assertToken(ZITADEL, grant("HTTPS://Zitadel.Example:443/", ZITADEL.url()));
		assertThat(ZITADEL.tokenRequests().get(0).headers()).containsEntry("x-zitadel-instance-host",
				List.of("zitadel.example"));
	}

	@Test
	void requestWhenTlsEndsBeforeTheInstanceThenHttpIsTheBase() {
		Grants.assertToken(ZITADEL, grant(ZITADEL.issuer(), ZITADEL.url()));
		assertThat(ZITADEL.tokenRequests().get(0).claims()).containsEntry("aud", "https://localhost:" + ZITADEL.port());
	}

	@Test
	void requestWhenBaseIsTheIssuerThenSendsNoInstanceHost() {
		try (FakeZitadel plain = FakeZitadel.start()) {
			Grants.assertToken(plain, Grants.of(server(plain.issuer(), plain.url() + "/"), Grants.keyOf(plain),
					HttpClientKind.JDK.restClient(), Clock.systemUTC()));
			assertThat(plain.tokenRequests().get(0).headers()).doesNotContainKey("x-zitadel-instance-host");
		}
	}

	@Test
	void requestWhenBaseHasAPathThenTheEndpointIsBelowIt() {
		ZITADEL.customizeDiscovery(
				(document) -> document.put("token_endpoint", "https://zitadel.example/behind/gateway/token?a=b"));
		ServerConnection connection = new ServerConnection(HttpClientKind.JDK.restClient(),
				server("https://zitadel.example", ZITADEL.url()));
		assertThat(discover(connection, "https://zitadel.example", ZITADEL.url()).tokenEndpoint())
			.hasToString(ZITADEL.url() + "/behind/gateway/token?a=b");
		try (RawServer gateway = RawServer.answering("{\"issuer\":\"https://zitadel.example/a\","
				+ "\"token_endpoint\":\"https://zitadel.example/a/token\"}")) {
			assertThat(discover(connection, "https://zitadel.example/a", gateway.url() + "/zitadel").tokenEndpoint())
				.hasToString(gateway.url() + "/zitadel/token");
			assertThat(gateway.requests().get(0)).startsWith("GET /zitadel/.well-known/openid-configuration ");
		}
	}

	@Test
	void requestWhenTokenEndpointIsNotTheIssuersThenNothingIsSent() {
		ZITADEL.customizeDiscovery((document) -> document.put("token_endpoint", ZITADEL.url() + "/custom/token"));
		JwtBearerGrant grant = grant("https://zitadel.example", ZITADEL.url());
		assertThat(Grants.failureOf(grant).getReason()).isEqualTo(Reason.WRONG_SERVER);
		assertThat(ZITADEL.tokenEndpoint().requestCount()).isZero();
		ZITADEL.customizeDiscovery((document) -> assertThat(document).isNotEmpty());
		Grants.assertToken(ZITADEL, grant);
	}

	@Test
	void requestWhenInstanceHostIsUnknownThenNamesTheHeaderAndTheIssuer() {
		TokenRequestException failure = Grants.failureOf(grant("https://unknown.example", ZITADEL.url()));
		assertThat(failure.getReason()).isEqualTo(Reason.WRONG_SERVER);
		assertThat(failure)
			.hasMessageContaining("by the host unknown.example (sent as x-zitadel-instance-host). Set "
					+ "zitadel.service-user.issuer-uri to the external domain of the instance")
			.hasMessageContaining("'ExternalDomain'");
	}

	@Test
	void requestWhenThereIsNothingThenNamesTheBase() {
		ZITADEL.discovery().answerNext(1, FakeAnswer.of(404, "text/html", "nothing"));
		assertThat(Grants.failureOf(grant("https://zitadel.example", ZITADEL.url())))
			.hasMessageContaining("Check zitadel.service-user.base-url (" + ZITADEL.url() + ")");
	}

	private static ServerMetadata discover(ServerConnection connection, String issuer, String base) {
		AuthorizationServer server = server(issuer, base);
		return new Discovery(connection, server, new AnswerFailures(server, Clock.systemUTC()), new DiscoveryCache())
			.get();
	}

	private static AuthorizationServer server(String issuer, String base) {
		return AuthorizationServer.of(Grants.PREFIX, issuer, base, true);
	}

	private static JwtBearerGrant grant(String issuer, String base) {
		return Grants.of(server(issuer, base), Grants.keyOf(ZITADEL), HttpClientKind.JDK.restClient(),
				Clock.systemUTC());
	}

}
