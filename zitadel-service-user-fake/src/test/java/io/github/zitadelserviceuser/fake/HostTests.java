// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which instance a request is for, and what the issuer is then.
 */
class HostTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.builder().withDomain("ZITADEL.example.com").start();

	private final TestClient client = new TestClient(ZITADEL);

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void close() {
		ZITADEL.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { DiscoveryHandler.PATH, "/oauth/v2/token", UserInfoHandler.PATH, SigningKey.PATH })
	void requestWhenHostIsUnknownThenInstanceIsNotFoundInText(String path) throws Exception {
		String host = "127.0.0.1:" + ZITADEL.port();
		String response = RawHttp.get(ZITADEL.port(), path, "Host: " + host);
		assertThat(response).startsWith("HTTP/1.1 404 ")
			.contains("\r\nContent-Type: text/plain; charset=utf-8\r\n")
			.contains("\r\n\r\nunable to set instance using origin &{" + host
					+ "  http} (ExternalDomain is zitadel.example.com): ID=QUERY-1kIjX Message=Instance not found. "
					+ "Make sure you got the domain right. Check out "
					+ "https://zitadel.com/docs/apis/introduction#domains\n");
		assertThat(RawHttp.get(ZITADEL.port(), path, "Host: localhost")).doesNotContain("QUERY-1kIjX");
	}

	@ParameterizedTest
	@ValueSource(strings = { ApiHandler.ME_PATH, ApiHandler.USERS_PATH, "/anything" })
	void apiWhenHostIsUnknownThenInstanceIsNotFoundInJson(String path) throws Exception {
		assertThat(RawHttp.get(ZITADEL.port(), path, "Host: other.example")).startsWith("HTTP/1.1 404 ")
			.contains("\r\nContent-Type: application/json\r\n")
			.endsWith("\r\n\r\n{\"code\":5,\"message\":\"unable to set instance using origin &{other.example  http} "
					+ "(ExternalDomain is zitadel.example.com): ID=QUERY-1kIjX Message=Instance not found. Make sure "
					+ "you got the domain right. Check out https://zitadel.com/docs/apis/introduction#domains "
					+ "Parent=(unable to get instance by host: instanceHost other.example, publicHost : "
					+ "ID=QUERY-1kIjX Message=Errors.IAM.NotFound)\"}");
		assertThat(RawHttp.get(ZITADEL.port(), path, "Host: localhost")).doesNotContain("QUERY-1kIjX");
	}

	@ParameterizedTest
	@ValueSource(strings = { "LOCALHOST", "Zitadel.Example.com:8443", "localhost." })
	void discoveryWhenHostIsWrittenOtherwiseThenInstanceIsNotFound(String host) throws Exception {
		assertThat(RawHttp.get(ZITADEL.port(), DiscoveryHandler.PATH, "Host: " + host)).startsWith("HTTP/1.1 404 ")
			.contains("&{" + host + "  http}");
	}

	@Test
	void requestWhenPathHasTwoSlashesThenRedirected() throws Exception {
		assertThat(RawHttp.get(ZITADEL.port(), "//.well-known/openid-configuration?a=b", "Host: localhost"))
			.startsWith("HTTP/1.1 301 ")
			.contains("\r\nLocation: /.well-known/openid-configuration?a=b\r\n")
			.doesNotContain("Content-Type");
		assertThat(ZITADEL.discovery().requestCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/oauth/v2/token/", "/oidc/v1/userinfo/", "/oidc/v1/unknown" })
	void requestWhenPathIsUnknownBesideAnEndpointThenNotFoundInText(String path) {
		HttpResponse<String> response = this.client.get(path);
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
		assertThat(response.body()).isEqualTo("404 page not found\n");
	}

	@Test
	void requestWhenHostIsAbsentThenIsBad() throws Exception {
		assertThat(RawHttp.get(ZITADEL.port(), DiscoveryHandler.PATH)).startsWith("HTTP/1.1 400 ")
			.endsWith("missing required Host header");
	}

	@Test
	void requestWhenTokenIsAskedForAtAnUnknownHostThenRecordedAndNoScriptedAnswerUsed() throws Exception {
		ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.badGateway());
		RawHttp.get(ZITADEL.port(), "/oauth/v2/token", "Host: elsewhere");
		assertThat(ZITADEL.tokenRequests()).extracting(RecordedTokenRequest::outcome)
			.containsExactly(TokenOutcome.UNKNOWN_HOST);
		assertThat(ZITADEL.tokenRequests().get(0).issuer()).isNull();
		assertThat(this.client.requestToken().statusCode()).isEqualTo(502);
		assertThat(this.client.requestToken().statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "localhost:1234", "zitadel.example.com", "zitadel.example.com:443" })
	void discoveryWhenHostIsKnownThenIssuerHasItExactlyAsSent(String host) throws Exception {
		String response = RawHttp.get(ZITADEL.port(), DiscoveryHandler.PATH, "Host: " + host);
		assertThat(response).contains("\"issuer\":\"http://" + host + "\"")
			.contains("\"token_endpoint\":\"http://" + host + "/oauth/v2/token\"");
	}

	@Test
	void discoveryWhenInstanceHostIsSentThenItGoesBeforeHost() throws Exception {
		String instanceHost = "X-Zitadel-Instance-Host: zitadel.example.com:8443";
		assertThat(RawHttp.get(ZITADEL.port(), DiscoveryHandler.PATH, "Host: zitadel.svc:8080", instanceHost))
			.contains("\"issuer\":\"http://zitadel.example.com:8443\"");
		assertThat(RawHttp.get(ZITADEL.port(), DiscoveryHandler.PATH, "Host: localhost",
				"x-zitadel-instance-host: elsewhere"))
			.startsWith("HTTP/1.1 404 ")
			.contains("&{elsewhere  http}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "Forwarded: host=\"localhost:77\";proto=https | https://localhost:77",
			"Forwarded: for=1;Host=localhost, host=elsewhere | http://localhost",
			"Forwarded: host=localhost:77 | http://zitadel.svc", "X-Forwarded-Host: localhost:1 | http://localhost:1",
			"X-Forwarded-Host: localhost:x | http://zitadel.svc", "X-Forwarded-Proto: ftp | http://zitadel.svc",
			"X-Zitadel-Public-Host: zitadel.example.com | http://zitadel.example.com" })
	void discoveryWhenForwardedThenObeysWhatIsWellFormed(String header, String issuer) throws Exception {
		try (FakeZitadel zitadel = FakeZitadel.builder()
			.withDomain("zitadel.svc")
			.withDomain("zitadel.example.com")
			.start()) {
			assertThat(RawHttp.get(zitadel.port(), DiscoveryHandler.PATH, "Host: zitadel.svc", header))
				.contains("\"issuer\":\"" + issuer + "\"");
		}
	}

	@Test
	void discoveryWhenForwardedHostIsUnknownThenInstanceIsNotFound() throws Exception {
		assertThat(RawHttp.get(ZITADEL.port(), DiscoveryHandler.PATH, "Host: localhost", "X-Forwarded-Host: other"))
			.startsWith("HTTP/1.1 404 ")
			.contains("&{other  http}", "QUERY-1kIjX");
	}

	@ParameterizedTest
	@ValueSource(strings = { DiscoveryHandler.PATH, ApiHandler.ME_PATH })
	void requestWhenPublicHostIsUnknownThenIsNotTrusted(String path) throws Exception {
		assertThat(RawHttp.get(ZITADEL.port(), path, "Host: localhost", "X-Zitadel-Public-Host: other"))
			.startsWith("HTTP/1.1 404 ")
			.contains("&{localhost other http}", "QUERY-IuGh1", "not trusted");
	}

	@Test
	void requestWhenInstanceHostIsSentThenAudienceIsThatIssuer() {
		HttpResponse<String> response = this.client.send(this.client.tokenRequest(form("http://zitadel.example.com"))
			.header("x-zitadel-instance-host", "zitadel.example.com"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(this.client.send(this.client.tokenRequest(form("http://zitadel.example.com"))).statusCode())
			.isEqualTo(500);
		assertThat(this.client.send(this.client.tokenRequest(form(ZITADEL.issuer()))).statusCode()).isEqualTo(200);
	}

	private String form(String audience) {
		return TestClient.encode(this.client.form(this.client.assertion().claim("aud", audience).compact()));
	}

	@Test
	void issuerWhenExternallySecureThenHttpsThoughTheWireIsNot() {
		try (FakeZitadel secure = FakeZitadel.builder().externallySecure(true).start()) {
			TestClient secureClient = new TestClient(secure);
			assertThat(secure.issuer()).isEqualTo("https://localhost:" + secure.port());
			assertThat(secure.url()).isEqualTo("http://localhost:" + secure.port());
			assertThat(TestClient.json(secureClient.get(DiscoveryHandler.PATH))).containsEntry("issuer",
					secure.issuer());
			assertThat(secureClient.requestToken().statusCode()).isEqualTo(200);
			assertThat(secureClient.requestToken(secureClient.assertion().claim("aud", secure.url())).statusCode())
				.isEqualTo(500);
		}
	}

	@Test
	void discoveryWhenAskedThenHasWhatClientsNeed() {
		HttpResponse<String> response = this.client.get(DiscoveryHandler.PATH);
		Map<String, Object> document = TestClient.json(response);
		assertThat(response.headers().firstValue("content-type")).contains("application/json");
		assertThat(document).containsEntry("issuer", ZITADEL.issuer())
			.containsEntry("token_endpoint", ZITADEL.issuer() + "/oauth/v2/token")
			.containsEntry("userinfo_endpoint", ZITADEL.issuer() + "/oidc/v1/userinfo")
			.containsEntry("jwks_uri", ZITADEL.issuer() + "/oauth/v2/keys");
		assertThat(ZITADEL.discovery().requestCount()).isOne();
	}

	@Test
	void discoveryWhenCustomizedThenSentSoUntilReset() {
		ZITADEL.customizeDiscovery((document) -> {
			document.put("issuer", "https://other.example.com");
			document.remove("userinfo_endpoint");
		});
		assertThat(TestClient.json(this.client.get(DiscoveryHandler.PATH)))
			.containsEntry("issuer", "https://other.example.com")
			.doesNotContainKey("userinfo_endpoint");
		ZITADEL.reset();
		assertThat(TestClient.json(this.client.get(DiscoveryHandler.PATH))).containsEntry("issuer", ZITADEL.issuer());
	}

	@Test
	void requestWhenPathIsUnknownThenNotFoundInJson() {
		HttpResponse<String> response = this.client.get("/unknown");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(response.body()).isEqualTo("{\"code\":5,\"message\":\"Not Found\"}");
	}

}
