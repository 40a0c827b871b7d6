// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Wires that break, over each HTTP client. Then the wire is mended, and the same grant
 * gets a token.
 */
class WireFaultTests {

	private static final FakeZitadel KEYS = FakeZitadel.start();

	private static WireMockServer wireMock;

	@BeforeAll
	static void start() {
		QuietLogs.quieten();
		// WireMock has no faults over HTTP/2, to which the JDK's client would upgrade.
		wireMock = new WireMockServer(
				WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort().http2PlainDisabled(true));
		wireMock.start();
	}

	@AfterAll
	static void close() {
		wireMock.stop();
		KEYS.close();
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenConnectionIsRefusedThenIsUnreachable(HttpClientKind kind) throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		JwtBearerGrant grant = grant("http://localhost:" + port, kind);
		assertUnreachable(grant, "http://localhost:" + port + "/.well-known/openid-configuration");
		try (FakeZitadel zitadel = FakeZitadel.builder().port(port).start()) {
			Grants.assertToken(zitadel, Grants.of(zitadel.issuer(), Grants.keyOf(zitadel), kind.restClient()));
			assertThat(Grants.failureOf(grant).getReason()).as("reached, with a key it does not know")
				.isEqualTo(Reason.SERVER_ERROR);
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenHostIsUnknownThenNamesIt(HttpClientKind kind) {
		assertUnreachable(grant("https://no-such-host.invalid", kind), "https://no-such-host.invalid/.well-known");
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenWireMockBreaksTheConnectionThenIsToldAndRecovers(HttpClientKind kind) {
		for (Fault fault : Fault.values()) {
			wireMock.resetAll();
			String issuer = "http://localhost:" + wireMock.port();
			wireMock.stubFor(WireMock.get("/.well-known/openid-configuration")
				.willReturn(WireMock
					.okJson("{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"" + issuer + "/oauth/v2/token\"}")));
			JwtBearerGrant grant = grant(issuer, kind);
			wireMock.stubFor(WireMock.post("/oauth/v2/token").willReturn(WireMock.aResponse().withFault(fault)));
			TokenRequestException failure = Grants.failureOf(grant);
			assertThat(failure.getReason()).as(fault.name()).isIn(Reason.UNREACHABLE, Reason.INVALID_RESPONSE);
			assertThat(failure).hasMessageContaining(issuer + "/oauth/v2/token");
			wireMock.stubFor(WireMock.post("/oauth/v2/token")
				.willReturn(WireMock.okJson("{\"access_token\":\"abc\",\"token_type\":\"Bearer\"}")));
			assertThat(grant.request().accessToken()).as(fault.name()).isEqualTo("abc");
		}
	}

	/**
	 * Some clients repeat a request on their own account, and an assertion must not be
	 * sent twice.
	 */
	@ParameterizedTest
	@EnumSource
	void requestWhenServerIsBusyThenTheAssertionIsSentOnce(HttpClientKind kind) {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			JwtBearerGrant grant = Grants.of(zitadel.issuer(), Grants.keyOf(zitadel), kind.restClient());
			for (FakeAnswer busy : List.of(FakeAnswer.serviceUnavailable(), FakeAnswer.instanceBlocked())) {
				int before = zitadel.tokenEndpoint().requestCount();
				zitadel.tokenEndpoint().answerAlways(busy);
				assertThat(Grants.failureOf(grant).getReason()).isEqualTo(Reason.UNAVAILABLE);
				assertThat(zitadel.tokenEndpoint().requestCount()).isEqualTo(before + 1);
				zitadel.tokenEndpoint().answerNormally();
				Grants.assertToken(zitadel, grant);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenServerSpeaksNoHttpThenIsToldAndRecovers(HttpClientKind kind) {
		for (String answer : new String[] { "SSH-2.0-OpenSSH_9.6\r\n", "\0\1\2\3", "HTTP/1.1\r\n\r\n",
				"HTTP/1.1 abc OK\r\n\r\n", "HTTP/1.1 42 What\r\nContent-Length: 0\r\n\r\n",
				"HTTP/1.1 99999 What\r\n\r\n", "HTTP/1.1 -200 OK\r\n\r\n",
				"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n{}",
				"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"access_token\"",
				"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
				"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n{}", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n" }) {
			try (RawServer server = RawServer
				.zitadel((request, socket, output) -> output.write(answer.getBytes(StandardCharsets.ISO_8859_1)))) {
				JwtBearerGrant grant = grant(server.url(), kind);
				TokenRequestException failure = Grants.failureOf(grant);
				assertThat(failure.getReason()).as(answer)
					.isIn(Reason.UNREACHABLE, Reason.INVALID_RESPONSE, Reason.SERVER_ERROR);
				assertThat(failure).hasMessageContaining(server.url() + "/oauth/v2/token");
				assertThat(grant.request().accessToken()).as(answer).isEqualTo("abc");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenConnectionIsResetWithinTheBodyThenIsUnreachable(HttpClientKind kind) {
		try (RawServer server = RawServer.zitadel((request, socket, output) -> {
			output.write("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
			output.flush();
			socket.setSoLinger(true, 0);
		})) {
			JwtBearerGrant grant = grant(server.url(), kind);
			assertUnreachable(grant, server.url() + "/oauth/v2/token");
			assertThat(grant.request().accessToken()).isEqualTo("abc");
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenServerNeverAnswersThenTheReadTimeOutEndsIt(HttpClientKind kind) {
		try (RawServer server = RawServer.zitadel((request, socket, output) -> awaitEnd(socket))) {
			JwtBearerGrant grant = Grants.of(server.url(), Grants.keyOf(KEYS), kind.restClient(Duration.ofMillis(300)));
			TokenRequestException failure = Grants.failureOf(grant);
			assertThat(failure.getReason()).isEqualTo(Reason.UNREACHABLE);
			assertThat(failure).hasMessageContaining("zitadel.service-user.read-timeout");
			assertThat(grant.request().accessToken()).isEqualTo("abc");
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenBodyNeverEndsThenTheReadTimeOutEndsIt(HttpClientKind kind) {
		try (RawServer server = RawServer.zitadel((request, socket, output) -> {
			output.write("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
			output.flush();
			awaitEnd(socket);
		})) {
			JwtBearerGrant grant = Grants.of(server.url(), Grants.keyOf(KEYS), kind.restClient(Duration.ofMillis(300)));
			assertThat(Grants.failureOf(grant).getReason()).isEqualTo(Reason.UNREACHABLE);
			assertThat(grant.request().accessToken()).isEqualTo("abc");
		}
	}

	@Test
	void requestWhenAnswerComesOverBaseUrlThenNamesThatProperty() {
		AuthorizationServer server = AuthorizationServer.of(Grants.PREFIX, "https://zitadel.example",
				"http://localhost:1", true);
		assertThat(Grants
			.failureOf(Grants.of(server, Grants.keyOf(KEYS), HttpClientKind.JDK.restClient(), Clock.systemUTC())))
			.hasMessageContaining("is zitadel.service-user.base-url right?");
	}

	@Test
	void requestWhenClientCannotBeMadeThenSaysWhyAndWhereToLook() {
		RestClient broken = RestClient.builder().requestFactory((uri, method) -> {
			throw new IllegalArgumentException("SSL bundle name 'missing' cannot be found");
		}).build();
		TokenRequestException failure = Grants
			.failureOf(Grants.of("https://zitadel.example", Grants.keyOf(KEYS), broken));
		assertThat(failure.getReason()).isEqualTo(Reason.INVALID_RESPONSE);
		assertThat(failure).hasMessageContaining("IllegalArgumentException: SSL bundle name 'missing' cannot be found")
			.hasMessageContaining("spring.http.clients")
			.hasCauseInstanceOf(IllegalArgumentException.class);
	}

	private static JwtBearerGrant grant(String issuer, HttpClientKind kind) {
		return Grants.of(issuer, Grants.keyOf(KEYS), kind.restClient());
	}

	private static void assertUnreachable(JwtBearerGrant grant, String uri) {
		TokenRequestException failure = Grants.failureOf(grant);
		assertThat(failure.getReason()).isEqualTo(Reason.UNREACHABLE);
		assertThat(failure.getError()).isNull();
		assertThat(failure).hasMessageContaining("No answer from " + uri)
			.hasMessageContaining("is zitadel.service-user.issuer-uri right?")
			.hasMessageContaining("zitadel.service-user.connect-timeout and zitadel.service-user.read-timeout");
	}

	private static void awaitEnd(Socket socket) throws IOException {
		assertThat(socket.getInputStream().read()).isEqualTo(-1);
	}

}
