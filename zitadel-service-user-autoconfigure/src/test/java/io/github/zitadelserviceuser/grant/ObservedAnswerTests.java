// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.key.CredentialKind;
import io.github.zitadelserviceuser.key.LastGoodSecret;
import io.github.zitadelserviceuser.key.SecretListener;
import io.github.zitadelserviceuser.key.SecretReader;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a running ZITADEL answered, served byte by byte to those who asked: a token where
 * it gave one, and where not the reason, by which passing failures are told from lasting
 * ones, and the text.
 */
class ObservedAnswerTests {

	private static final String DISCOVERY = "/.well-known/openid-configuration";

	private static final String TOKEN_ENDPOINT = "/oauth/v2/token";

	private static final String USER_INFO = "/oidc/v1/userinfo";

	private static final String USUAL_TOKEN = "{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":7}";

	private static final Pattern EXPIRES_IN = Pattern.compile("\"expires_in\":([0-9]+)");

	private static final FakeZitadel KEYS = FakeZitadel.start();

	@AfterAll
	static void close() {
		KEYS.close();
	}

	@ParameterizedTest
	@MethodSource("failures")
	void kindWhenAnAnswerIsAnErrorThenIsThatOfItsBody(ObservedAnswer answer) {
		assertThat(AnswerKind.of(answer.read())).isEqualTo(ObservedFailure.of(answer).kind());
	}

	static Stream<ObservedAnswer> failures() {
		return ObservedAnswer.all().filter((answer) -> answer.status() >= 300);
	}

	@ParameterizedTest
	@EnumSource
	void failureWhenExpectedThenWasObserved(ObservedFailure failure) {
		assertThat(failures().map(ObservedFailure::of)).contains(failure);
	}

	@ParameterizedTest
	@MethodSource("ofKey")
	void tokenByKeyWhenAnsweredSoThenIsTakenOrExplained(ObservedAnswer answer) {
		assertTokenOrFailure(answer, TOKEN_ENDPOINT, ObservedAnswerTests::byKey);
	}

	static Stream<ObservedAnswer> ofKey() {
		return ObservedAnswer.all()
			.filter((answer) -> answer.ask().equals("token") || answer.isTo("/oauth/v2/token")
					|| answer.isTo("/oauth/token"));
	}

	@ParameterizedTest
	@MethodSource("ofSecret")
	void tokenBySecretWhenAnsweredSoThenIsTakenOrExplained(ObservedAnswer answer) {
		assertTokenOrFailure(answer, TOKEN_ENDPOINT, ObservedAnswerTests::bySecret);
	}

	static Stream<ObservedAnswer> ofSecret() {
		return ObservedAnswer.all().filter((answer) -> answer.ask().equals("client credentials"));
	}

	@ParameterizedTest
	@MethodSource("ofDiscovery")
	void tokenWhenDiscoveryIsAnsweredSoThenIsTakenOrExplained(ObservedAnswer answer) {
		assertTokenOrFailure(answer, DISCOVERY, ObservedAnswerTests::byKey);
	}

	static Stream<ObservedAnswer> ofDiscovery() {
		return ObservedAnswer.all().filter((answer) -> answer.isTo(DISCOVERY));
	}

	@ParameterizedTest
	@MethodSource("ofUserInfo")
	void userInfoWhenAnsweredSoThenIsTakenOrExplained(ObservedAnswer answer) {
		try (RawServer server = serving(answer, USER_INFO)) {
			UserInfoEndpoint endpoint = new UserInfoEndpoint(issuer(server), HttpClientKind.JDK.restClient(),
					Clock.systemUTC());
			AccessToken token = new AccessToken(ObservedAnswer.TOKEN, Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
			if (answer.status() == 200) {
				assertThat(endpoint.request(token)).isEqualTo(new UserInfo(ObservedAnswer.USER_ID,
						answer.body().contains("preferred_username") ? "importer" : null));
				return;
			}
			assertFailure(answer, server.url() + USER_INFO, () -> endpoint.request(token));
		}
	}

	static Stream<ObservedAnswer> ofUserInfo() {
		return ObservedAnswer.all().filter((answer) -> answer.isTo(USER_INFO));
	}

	private static void assertTokenOrFailure(ObservedAnswer answer, String path,
			Function<AuthorizationServer, TokenGrant> grants) {
		try (RawServer server = serving(answer, path)) {
			TokenGrant grant = grants.apply(issuer(server));
			if (answer.status() == 200) {
				TokenResponse response = grant.request();
				String body = path.equals(TOKEN_ENDPOINT) ? answer.body() : USUAL_TOKEN;
				assertThat(body).contains("\"access_token\":\"" + response.accessToken() + "\"");
				assertThat(response.expiresIn()).isEqualTo(expiresIn(body));
				return;
			}
			assertFailure(answer, server.url() + path, grant::request);
		}
	}

	private static @Nullable Duration expiresIn(String body) {
		Matcher matcher = EXPIRES_IN.matcher(body);
		return matcher.find() ? Duration.ofSeconds(Long.parseLong(matcher.group(1))) : null;
	}

	private static void assertFailure(ObservedAnswer answer, String url, ThrowingCallable request) {
		TokenRequestException failure = catchThrowableOfType(TokenRequestException.class, request);
		assertThat(failure).isNotNull();
		if (answer.status() == 0) {
			assertThat(failure.getReason()).isEqualTo(Reason.UNREACHABLE);
			assertThat(failure).hasMessageStartingWith("No answer from " + url);
			return;
		}
		ObservedFailure expected = ObservedFailure.of(answer);
		assertThat(failure.getReason()).isEqualTo(expected.reason());
		assertThat(failure).hasMessageContaining(url + " answered with status " + answer.status() + ": ")
			.hasMessageContaining(expected.text());
		assertThat(failure.getMessage()).doesNotContain("127.0.0.1:55432", ObservedAnswer.TOKEN);
	}

	private static AuthorizationServer issuer(RawServer server) {
		return AuthorizationServer.of(Grants.PREFIX, server.url(), null, true);
	}

	private static RawServer serving(ObservedAnswer answer, String path) {
		return new RawServer((request, socket, output) -> {
			String issuer = "http://localhost:" + socket.getLocalPort();
			String asked = request.split(" ", -1)[1];
			if (asked.equals(path)) {
				output.write(answer.bytes(socket.getLocalPort()));
			}
			else if (asked.equals(DISCOVERY)) {
				output.write(RawServer.response("200 OK",
						"{\"issuer\":\"%1$s\",\"token_endpoint\":\"%1$s%2$s\",\"userinfo_endpoint\":\"%1$s%3$s\"}"
							.formatted(issuer, TOKEN_ENDPOINT, USER_INFO)));
			}
			else {
				output.write(RawServer.response("200 OK", USUAL_TOKEN));
			}
		});
	}

	private static TokenGrant byKey(AuthorizationServer server) {
		return Grants.of(server, Grants.keyOf(KEYS), HttpClientKind.JDK.restClient(), Clock.systemUTC());
	}

	private static TokenGrant bySecret(AuthorizationServer server) {
		LastGoodSecret secret = new LastGoodSecret(
				SecretReader.of(CredentialKind.CLIENT_SECRET, Grants.PREFIX, "s".repeat(64)), new SecretListener() {
				});
		return new ClientCredentialsGrant(server, "importer", secret, Grants.SCOPES, HttpClientKind.JDK.restClient(),
				Clock.systemUTC(), new DiscoveryCache());
	}

}
