// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.token.AccessToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link CallHints}.
 */
@ExtendWith(OutputCaptureExtension.class)
class CallHintsTests {

	private static final String API = "urn:zitadel:iam:org:project:id:zitadel:aud";

	private static final String PROJECT = "urn:zitadel:iam:org:project:id:123:aud";

	private static final AccessToken FIRST = ScriptedTokenSource.token("first");

	private static final AccessToken SECOND = ScriptedTokenSource.token("second");

	private final ScriptedTokenSource tokens = new ScriptedTokenSource();

	@Test
	void unauthorizedWhenApiOfZitadelThenHintsAtApiAccessOnce(CapturedOutput output) {
		CallHints hints = hints("openid", PROJECT);
		hints.unauthorized(URI.create("https://zitadel.example.com/zitadel.user.v2.UserService/GetUserByID"), FIRST);
		hints.unauthorized(URI.create("http://internal:8080/z/auth/v1/users/me"), SECOND);
		assertThat(output).containsOnlyOnce("WARN")
			.contains("ZITADEL's API at https://zitadel.example.com answered 401")
			.contains("'" + API + "'")
			.contains("Set test.api-access=true");
	}

	@Test
	void unauthorizedWhenAnotherApiThenHintsAtProjectIdsOnce(CapturedOutput output) {
		CallHints hints = hints("openid", API);
		for (String uri : List.of("https://api.example.com", "https://zitadel.example.com:8443/management/v1/x",
				"http://internal:8080/zz/x")) {
			rejectTwo(hints, uri);
		}
		assertThat(output).containsOnlyOnce("WARN")
			.contains("https://api.example.com answered 401")
			.contains("introspection")
			.contains("test.project-ids");
	}

	@Test
	void unauthorizedWhenBothThenHintsAtBoth(CapturedOutput output) {
		CallHints hints = hints("openid");
		rejectTwo(hints, "https://api.example.com/x?secret=1");
		rejectTwo(hints, "https://zitadel.example.com/auth/v1/users/me?secret=1");
		assertThat(output).contains("test.project-ids").contains("test.api-access").doesNotContain("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://zitadel.example.com/oidc/v1/userinfo",
			"https://zitadel.example.com/oauth/v2/introspect", "https://zitadel.example.com/.well-known/x",
			"http://internal:8080/z/oidc/v1/userinfo", "HTTPS://ZITADEL.example.com:443/oidc/v1/userinfo" })
	void unauthorizedWhenNoAudienceIsNeededThenSaysNothing(String uri, CapturedOutput output) {
		rejectTwo(hints("openid"), uri);
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void unauthorizedWhenAudiencesAreAskedForThenSaysNothing(CapturedOutput output) {
		CallHints hints = hints(API, PROJECT);
		rejectTwo(hints, "https://zitadel.example.com/auth/v1/users/me");
		rejectTwo(hints, "https://api.example.com/x");
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void unauthorizedWhenOneTokenOnlyOrNotInARowOrElsewhereThenSaysNothingYet(CapturedOutput output) {
		CallHints hints = hints("openid");
		URI api = URI.create("https://api.example.com/x");
		hints.unauthorized(api, FIRST);
		hints.unauthorized(api, FIRST);
		hints.authenticated(api);
		hints.unauthorized(api, SECOND);
		hints.unauthorized(URI.create("https://other.example.com/x"), FIRST);
		hints.authenticated(api);
		assertThat(output).doesNotContain("WARN");
		hints.unauthorized(URI.create("https://other.example.com/x"), SECOND);
		assertThat(output).containsOnlyOnce("https://other.example.com answered 401");
	}

	@Test
	void answeredWhenForbiddenThenHintsAtRolesOfZitadelOnce(CapturedOutput output) {
		CallHints hints = hints(API);
		hints.answered(URI.create("https://api.example.com/x"), FIRST, 403);
		assertThat(output).doesNotContain("WARN");
		hints.answered(URI.create("https://zitadel.example.com/management/v1/users/1"), FIRST, 403);
		hints.answered(URI.create("https://zitadel.example.com/management/v1/users/1"), FIRST, 403);
		assertThat(output).containsOnlyOnce("WARN")
			.contains("https://zitadel.example.com answered 403")
			.contains("managers");
	}

	@Test
	void notAMemberWhenAtZitadelThenHintsAtRolesOnce(CapturedOutput output) {
		CallHints hints = hints(API);
		hints.notAMember(URI.create("https://api.example.com/x"));
		hints.notAMember(URI.create("https://zitadel.example.com/x"));
		hints.notAMember(URI.create("https://zitadel.example.com/x"));
		assertThat(output).containsOnlyOnce("WARN").contains("no role there at all").contains("managers");
	}

	@Test
	void answeredWhenAGatewayFailsBetweenThenTwoTokensAreInARowAllTheSame(CapturedOutput output) {
		CallHints hints = hints("openid");
		URI api = URI.create("https://api.example.com/x");
		hints.answered(api, FIRST, 401);
		hints.answered(api, SECOND, 503);
		hints.answered(api, SECOND, 401);
		assertThat(output).containsOnlyOnce("test.project-ids");
	}

	@Test
	void callWhenTokenIsTooYoungToBeReplacedThenSaysNothingYet(CapturedOutput output) {
		try (RecordingServer server = new RecordingServer()) {
			RestClient restClient = restClient();
			WebClient webClient = webClient();
			this.tokens.keepWhenRejected();
			server.accept("none at all");
			for (int i = 0; i < 2; i++) {
				assertRejected(restClient, server);
				assertRejected(webClient, server);
			}
			assertThat(output).doesNotContain("WARN");
			this.tokens.replaceBy(CompletableFuture.completedFuture(SECOND));
			assertRejected(restClient, server);
			assertThat(output).containsOnlyOnce("test.project-ids");
			this.tokens.hold(CompletableFuture.completedFuture(FIRST));
			assertRejected(webClient, server);
			assertThat(output.toString().split("test.project-ids", -1)).hasSize(3);
		}
	}

	@Test
	void callWhenAnotherTokenHelpsThenSaysNothingAndOtherwiseHints(CapturedOutput output) {
		try (RecordingServer server = new RecordingServer()) {
			RestClient restClient = restClient();
			WebClient webClient = webClient();
			assertThat(restClient.get().uri(server.uri()).retrieve().body(String.class)).isEqualTo("welcome");
			this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("first")));
			assertThat(webClient.get().uri(server.uri()).retrieve().bodyToMono(String.class).block())
				.isEqualTo("welcome");
			assertThat(server.received()).hasSize(4);
			assertThat(output).doesNotContain("WARN");
			server.accept("none at all");
			this.tokens.hold(CompletableFuture.completedFuture(FIRST));
			assertRejected(restClient, server);
			assertThat(output).containsOnlyOnce("test.project-ids");
			this.tokens.hold(CompletableFuture.completedFuture(FIRST));
			assertRejected(webClient, server);
			assertThat(output.toString().split("test.project-ids", -1)).hasSize(3);
		}
	}

	@Test
	void callWhenNoOtherTokenCouldBeTriedThenSaysNothing(CapturedOutput output) {
		try (RecordingServer server = new RecordingServer()) {
			RestClient restClient = restClient();
			WebClient webClient = webClient();
			assertThatExceptionOfType(WebClientResponseException.Unauthorized.class).isThrownBy(() -> webClient.put()
				.uri(server.uri())
				.bodyValue("x".repeat(256 * 1024 + 1))
				.retrieve()
				.toBodilessEntity()
				.block());
			this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("first")));
			this.tokens.replaceBy(CompletableFuture.failedFuture(ScriptedTokenSource.failure()));
			assertThatExceptionOfType(HttpClientErrorException.Unauthorized.class)
				.isThrownBy(() -> restClient.get().uri(server.uri()).retrieve().toBodilessEntity());
			this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("first")));
			assertThatExceptionOfType(WebClientResponseException.Unauthorized.class)
				.isThrownBy(() -> webClient.get().uri(server.uri()).retrieve().toBodilessEntity().block());
			assertThat(output).doesNotContain("WARN");
			this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("second")));
			assertThat(webClient.get().uri(server.uri()).retrieve().bodyToMono(String.class).block())
				.isEqualTo("welcome");
		}
	}

	private RestClient restClient() {
		return RestClient.builder()
			.requestFactory(new ServiceUserClientHttpRequestFactory(new JdkClientHttpRequestFactory(), this.tokens,
					AuthorizedClient.hosts(), null)
				.withHints(hints("openid")))
			.build();
	}

	private WebClient webClient() {
		return WebClient.builder()
			.filter(new ServiceUserExchangeFilterFunction(this.tokens, AuthorizedClient.hosts(), null)
				.withHints(hints("openid")))
			.build();
	}

	private static void assertRejected(RestClient client, RecordingServer server) {
		assertThatExceptionOfType(HttpClientErrorException.Unauthorized.class)
			.isThrownBy(() -> client.get().uri(server.uri()).retrieve().toBodilessEntity());
	}

	private static void assertRejected(WebClient client, RecordingServer server) {
		assertThatExceptionOfType(WebClientResponseException.Unauthorized.class)
			.isThrownBy(() -> client.get().uri(server.uri()).retrieve().toBodilessEntity().block());
	}

	private static void rejectTwo(CallHints hints, String uri) {
		hints.unauthorized(URI.create(uri), FIRST);
		hints.unauthorized(URI.create(uri), SECOND);
	}

	private static CallHints hints(String... scopes) {
		return new CallHints("test",
				List.of(URI.create("https://zitadel.example.com"), URI.create("http://internal:8080/z")),
				List.of(scopes));
	}

}
