// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.key.CredentialKind;
import io.github.zitadelserviceuser.key.LastGoodSecret;
import io.github.zitadelserviceuser.key.SecretListener;
import io.github.zitadelserviceuser.key.SecretReader;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Key, assertion and token are not shown, whatever a server echoes and however much is
 * logged. (Apache's client logs bodies itself where its logger {@code org.apache.hc} is
 * at {@code DEBUG}; it is left out here.)
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretTests {

	private static final String TOKEN = "V3ryS3cr3tAcc3ssT0k3n-".repeat(5);

	private static final int WINDOW = 20;

	private static final FakeZitadel KEYS = FakeZitadel.start();

	private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private Level before;

	@BeforeEach
	void logEverything() {
		this.before = this.root.getLevel();
		QuietLogs.quieten();
		this.root.setLevel(Level.TRACE);
		this.log.start();
		this.root.addAppender(this.log);
		LoggerFactory.getLogger(RestClient.class).trace("Everything is logged");
	}

	@AfterEach
	void logAsBefore() {
		this.root.detachAppender(this.log);
		this.root.setLevel(this.before);
	}

	@AfterAll
	static void close() {
		KEYS.close();
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenServerEchoesThenNothingIsShown(HttpClientKind kind, CapturedOutput output) {
		List<Echo> echoes = List.of(
				(secret) -> RawServer.response("400 Bad",
						"{\"error\":\"invalid_grant\",\"error_description\":\"bad " + secret + "\"}"),
				(secret) -> RawServer.response("400 Bad", "{\"error\":\"" + secret + "\"}"),
				(secret) -> RawServer.response("400 Bad",
						"{\"error\":\"x\",\"error_description\":\"Errors.User.NotActive " + secret + "\"}"),
				(secret) -> RawServer.response("500 Oops", "{\"error\":{\"echo\":\"" + secret + "\"}}"),
				(secret) -> RawServer.response("502 Bad", "<p>assertion=" + secret + "&amp;scope=openid</p>"),
				(secret) -> RawServer.response("400 Bad", "x ".repeat(590) + secret),
				(secret) -> RawServer.response("400 Bad", secret.repeat(2) + " " + secret),
				(secret) -> RawServer.response("200 OK", secret),
				(secret) -> RawServer.response("200 OK",
						"{\"access_token\":\"" + secret + " \",\"token_type\":\"Bearer\"}"),
				(secret) -> RawServer.response("201 OK", "{\"access_token\":\"" + secret + "\"}"),
				(secret) -> RawServer.response("302 Found", "",
						"Location: https://" + "evil.example/?assertion=" + secret),
				(secret) -> RawServer.response("302 Found", "", "Location: " + secret),
				(secret) -> RawServer.response("404 Not Found",
						"Instance not found (ExternalDomain is " + secret + ")"),
				(secret) -> RawServer.response("503 Busy", "", "Retry-After: " + secret, "Date: " + secret),
				(secret) -> ("HTTP/1.1 200 OK\r\nContent-Type: text/" + secret + "\r\nContent-Length: 1\r\n\r\nx")
					.getBytes(StandardCharsets.US_ASCII),
				(secret) -> (secret + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII),
				(secret) -> ("HTTP/1.1 " + secret + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII),
				(secret) -> ("HTTP/1.1 200 OK\r\n" + secret + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII),
				(secret) -> ("HTTP/1.1 200 OK\r\nContent-Length: " + secret + "\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII),
				(secret) -> ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + secret + "\r\n")
					.getBytes(StandardCharsets.US_ASCII));
		for (int i = 0; i < echoes.size(); i++) {
			Echo echo = echoes.get(i);
			try (RawServer server = RawServer
				.zitadel((request, socket, out) -> out.write(echo.of(assertionIn(request))))) {
				JwtBearerGrant grant = grant(server, kind);
				TokenRequestException failure = Grants.failureOf(grant);
				String assertion = assertionIn(server.requests().get(1));
				assertThat(assertion).startsWith("eyJ").hasSizeGreaterThan(400);
				assertNotShown(i, trace(failure) + failure.getError(), assertion);
				assertNotShown(i, logged(output), assertion);
				assertThat(grant.request().accessToken()).isEqualTo("abc");
			}
		}
		assertKeyNotShown(logged(output));
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenAllIsWellThenNothingIsShown(HttpClientKind kind, CapturedOutput output) {
		try (RawServer server = RawServer.zitadel((request, socket, out) -> out.write(RawServer.response("200 OK",
				"{\"access_token\":\"" + TOKEN + "\",\"token_type\":\"Bearer\",\"id_token\":\"" + TOKEN + "\"}")))) {
			TokenResponse response = grant(server, kind).request();
			assertThat(response.accessToken()).isEqualTo(TOKEN);
			assertNotShown(0, response + logged(output), assertionIn(server.requests().get(1)));
			assertNotShown(0, response + logged(output), TOKEN);
		}
		assertThat(logged(output)).contains("Everything is logged");
		assertKeyNotShown(logged(output));
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenServerEchoesAClientSecretThenNothingIsShown(HttpClientKind kind, CapturedOutput output) {
		List<Echo> echoes = List.of(
				(secret) -> RawServer.response("400 Bad",
						"{\"error\":\"invalid_client\",\"error_description\":\"bad " + secret + "\"}"),
				(secret) -> RawServer.response("500 Oops", "{\"error\":\"server_error\",\"x\":\"" + secret + "\"}"),
				(secret) -> RawServer.response("403 No", secret),
				(secret) -> RawServer.response("302 Found", "", "Location: /?" + secret));
		for (int i = 0; i < echoes.size(); i++) {
			Echo echo = echoes.get(i);
			try (RawServer server = RawServer
				.zitadel((request, socket, out) -> out.write(echo.of(basicIn(request) + " " + TOKEN)))) {
				ClientCredentialsGrant grant = new ClientCredentialsGrant(
						AuthorizationServer.of(Grants.PREFIX, server.url(), null, true), "importer",
						new LastGoodSecret(SecretReader.of(CredentialKind.CLIENT_SECRET, Grants.PREFIX, TOKEN),
								new SecretListener() {
								}),
						Grants.SCOPES, kind.restClient(), Clock.systemUTC(), new DiscoveryCache());
				TokenRequestException failure = catchThrowableOfType(TokenRequestException.class, grant::request);
				String sent = basicIn(server.requests().get(1));
				assertThat(new String(Base64.getDecoder().decode(sent), StandardCharsets.US_ASCII))
					.isEqualTo("importer:" + TOKEN);
				for (String secret : List.of(sent, TOKEN)) {
					assertNotShown(i, trace(failure) + failure.getError() + logged(output), secret);
				}
			}
		}
	}

	@Test
	void toStringShowsNoSecret() {
		ServiceUserKey key = Grants.key(KEYS.serviceUser().key());
		ServerMetadata metadata = new ServerMetadata("https://issuer.example", URI.create("https://issuer.example/t"),
				null);
		AuthorizationServer server = AuthorizationServer.of(Grants.PREFIX, "https://issuer.example", null, true);
		List<Object> things = new ArrayList<>(
				List.of(key, metadata, server, new AssertionInputs(key, metadata, Duration.ZERO),
						new ServerAnswer(metadata.tokenEndpoint(), 200, HttpHeaders.EMPTY, TOKEN),
						new TokenResponse(TOKEN, Duration.ofHours(1)), Grants.of(KEYS)));
		for (Object thing : things) {
			assertNotShown(0, thing.toString(), TOKEN);
			assertKeyNotShown(thing.toString());
		}
	}

	private String logged(CapturedOutput output) {
		StringBuilder logged = new StringBuilder(output.getAll());
		for (ILoggingEvent event : List.copyOf(this.log.list)) {
			logged.append(event.getFormattedMessage()).append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
		}
		return logged.toString();
	}

	private static JwtBearerGrant grant(RawServer server, HttpClientKind kind) {
		return Grants.of(server.url(), Grants.keyOf(KEYS), kind.restClient());
	}

	private static String assertionIn(String request) {
		String form = request.substring(request.indexOf("assertion=") + 10);
		return URLDecoder.decode(form.substring(0, form.indexOf('&')), StandardCharsets.UTF_8);
	}

	private static String basicIn(String request) {
		return request.lines()
			.filter((line) -> line.regionMatches(true, 0, "authorization: basic ", 0, 21))
			.map((line) -> line.substring(21))
			.findFirst()
			.orElseThrow();
	}

	private static String trace(Throwable failure) {
		StringWriter trace = new StringWriter();
		failure.printStackTrace(new PrintWriter(trace));
		return failure.getMessage() + trace;
	}

	private static void assertKeyNotShown(String shown) {
		assertNotShown(0, shown,
				Base64.getEncoder().encodeToString(KEYS.serviceUser().key().privateKey().getEncoded()));
	}

	private static void assertNotShown(int number, String shown, String secret) {
		for (int i = 0; i + WINDOW <= secret.length(); i += 4) {
			// Not by AssertJ's contains: its failure would show the secret.
			assertThat(shown.contains(secret.substring(i, i + WINDOW))).as("shown by %d, from %d on", number, i)
				.isFalse();
		}
	}

	@FunctionalInterface
	private interface Echo {

		byte[] of(String secret);

	}

}
