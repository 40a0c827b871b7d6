// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is made of an answer with status 200, however odd.
 */
class TokenResponseTests {

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
	void requestWhenServerIsItselfThenHasItsTokenAndLifetime() {
		TokenResponse response = this.grant.request();
		assertThat(response.accessToken()).isEqualTo(ZITADEL.issuedTokens().get(0).value());
		assertThat(response.expiresIn()).isEqualTo(Duration.ofSeconds(43199));
	}

	@Test
	void requestWhenLifetimeIsZeroAndSoAbsentThenIsUnknown() {
		ZITADEL.tokenLifetime(Duration.ZERO);
		assertThat(this.grant.request().expiresIn()).isNull();
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			3600, PT1H
			"3600", PT1H
			" 3600 ", PT1H
			3600.0, PT1H
			1.5, PT1.5S
			"1.5", PT1.5S
			1e3, PT16M40S
			"1e3", PT16M40S
			0, PT0S
			-5, PT-5S
			2147483647, PT596523H14M7S
			2147483648, PT596523H14M7S
			99999999999999999999, PT596523H14M7S
			"99999999999999999999", PT596523H14M7S
			"1e400", PT596523H14M7S
			"-1e400", PT-596523H-14M-7S
			"1e-400", PT0S
			1e300, PT596523H14M7S
			"1e2147483647", PT596523H14M7S
			"1e-2147483647", PT0S
			"1e-999999999", PT0S
			""")
	void requestWhenLifetimeIsANumberThenIsRead(String json, Duration expected) {
		assertThat(requestWithLifetime(json).expiresIn()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "true", "\"\"", "\"soon\"", "\"NaN\"", "\"Infinity\"", "\"0x10\"", "[3600]",
			"{\"s\":1}", "\"1e99999999999\"" })
	void requestWhenLifetimeIsNoNumberThenIsUnknown(String json) {
		assertThat(requestWithLifetime(json).expiresIn()).isNull();
	}

	@Test
	void requestWhenNumberIsBeyondAllNumbersThenAnswers() {
		answer("{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":1e400}");
		assertThat(Grants.failureOf(this.grant).getReason()).isEqualTo(Reason.INVALID_RESPONSE);
		Grants.assertToken(ZITADEL, this.grant);
	}

	@ParameterizedTest
	@ValueSource(strings = { "bearer", "BEARER", "Bearer" })
	void requestWhenTokenTypeIsBearerInAnyCaseThenIsAToken(String type) {
		answer("{\"access_token\":\"abc\",\"token_type\":\"" + type + "\"}");
		assertThat(this.grant.request().accessToken()).isEqualTo("abc");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",\"token_type\":null", ",\"token_type\":\"\"", ",\"token_type\":\"DPoP\"",
			",\"token_type\":\"Bearer \"", ",\"token_type\":1" })
	void requestWhenTokenTypeIsAnotherThenIsRefused(String member) {
		answer("{\"access_token\":\"abc\"" + member + "}");
		assertInvalid("its 'token_type' is not 'Bearer'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"access_token\":\"\"}", "{\"access_token\":null}", "{\"access_token\":7}",
			"{\"access_token\":[\"abc\"]}", "{\"token\":\"abc\"}" })
	void requestWhenThereIsNoTokenThenSaysSo(String body) {
		answer(body);
		assertInvalid("it has no 'access_token'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc\\r\\nX-Injected: 1", "abc\\n", " abc", "abc ", "a b", "abc\\u0000", "t\\u00f6ken",
			"\\u202eabc", "=abc", "a=b", "abc,def", "\\\"abc\\\"" })
	void requestWhenTokenIsNoHeaderValueThenIsRefusedAndNotShown(String token) {
		answer("{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\"}");
		assertThat(assertInvalid("characters that cannot be sent in an Authorization header")).message()
			.doesNotContain("abc", "\u00f6", "Injected");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<html><body>Sign in</body></html>", "", " ", "null", "[]", "[{\"access_token\":\"abc\"}]",
			"[[\"access_token\",\"abc\"],[\"token_type\",\"Bearer\"]]", "7", "{\"access_token\":\"abc\"",
			"{\"access_token\":\"abc\",}", "{access_token:abc}", "{\"access_token\":\"abc\"} trailing",
			"access_token=abc&token_type=Bearer", "\\u0000" })
	void requestWhenBodyIsNoJsonObjectThenSaysWhatCame(String body) {
		ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.of(200, "text/plain", body));
		assertThat(assertInvalid("no JSON object but text/plain")).message().doesNotContain("abc");
	}

	@Test
	void requestWhenMemberIsGivenTwiceThenIsNoJson() {
		answer("{\"access_token\":\"abc\",\"access_token\":\"def\",\"token_type\":\"Bearer\"}");
		assertInvalid("no JSON object");
	}

	@Test
	void requestWhenNestedTooDeepThenIsNoJson() {
		answer("{\"a\":" + "{\"a\":".repeat(10_000));
		assertInvalid("no JSON object");
		answer("{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"x\":" + "[".repeat(30_000) + "]".repeat(30_000)
				+ "}");
		assertInvalid("no JSON object");
	}

	@Test
	void requestWhenStatusIs200WithAnErrorThenIsTheError() {
		answer("{\"error\":\"access_denied\",\"error_description\":\"no\"}");
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.REFUSED);
		assertThat(failure.getError()).isEqualTo("access_denied");
		answer("{\"error\":{\"code\":5}}");
		failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.INVALID_RESPONSE);
		assertThat(failure.getError()).isNull();
		assertThat(failure).hasMessageContaining("{\"error\":{\"code\":5}}");
		Grants.assertToken(ZITADEL, this.grant);
	}

	@Test
	void requestWhenTokenComesWithAnErrorThenIsAToken() {
		answer("{\"error\":\"\",\"access_token\":\"abc\",\"token_type\":\"Bearer\"}");
		assertThat(this.grant.request().accessToken()).isEqualTo("abc");
	}

	@Test
	void requestWhenStatusIsNot200ThenItsTokenIsNeitherUsedNorShown() {
		ZITADEL.tokenEndpoint()
			.answerNext(1, FakeAnswer.json(201, "{\"access_token\":\"abc\",\"token_type\":\"Bearer\"}"));
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.INVALID_RESPONSE);
		assertThat(failure).hasMessageContaining("application/json with a token, not shown")
			.message()
			.doesNotContain("abc");
	}

	@Test
	void requestWhenTextIsNotUtf8ThenIsReadAsFarAsPossible() {
		byte[] body = "{\"error\":\"x\",\"error_description\":\"gesch\u00fctzt \u202e\\r\\n[WARN] forged\"}"
			.getBytes(StandardCharsets.ISO_8859_1);
		try (RawServer server = new RawServer((request, socket, output) -> {
			output.write(("HTTP/1.1 400 Bad\r\nContent-Type: application/json;charset=ISO-8859-1\r\nContent-Length: "
					+ body.length + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
			output.write(body);
		})) {
			ServerAnswer answer = new ServerConnection(HttpClientKind.JDK.restClient(),
					AuthorizationServer.of(Grants.PREFIX, server.url(), null, true))
				.get(URI.create(server.url()));
			assertThat(SafeText.of(answer.body())).contains("gesch tzt").isPrintable().doesNotContain("\n");
		}
	}

	private TokenResponse requestWithLifetime(String json) {
		answer("{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":" + json + "}");
		return this.grant.request();
	}

	private void answer(String json) {
		ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.json(200, json));
	}

	private TokenRequestException assertInvalid(String what) {
		TokenRequestException failure = Grants.failureOf(this.grant);
		assertThat(failure.getReason()).isEqualTo(Reason.INVALID_RESPONSE);
		assertThat(failure.getError()).isNull();
		assertThat(failure).hasMessageContaining("/oauth/v2/token answered with status 200: ")
			.hasMessageContaining(what);
		Grants.assertToken(ZITADEL, this.grant);
		return failure;
	}

}
