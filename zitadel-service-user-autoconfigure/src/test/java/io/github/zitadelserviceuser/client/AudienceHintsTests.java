// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link AudienceHints}.
 */
@ExtendWith(OutputCaptureExtension.class)
class AudienceHintsTests {

	private static final String API = "urn:zitadel:iam:org:project:id:zitadel:aud";

	private static final String PROJECT = "urn:zitadel:iam:org:project:id:123:aud";

	private final ScriptedTokenSource tokens = new ScriptedTokenSource();

	@Test
	void unauthorizedWhenApiOfZitadelThenHintsAtApiAccessOnce(CapturedOutput output) {
		AudienceHints hints = hints("openid", PROJECT);
		hints.unauthorized(URI.create("https://zitadel.example.com/zitadel.user.v2.UserService/GetUserByID"));
		hints.unauthorized(URI.create("http://internal:8080/z/auth/v1/users/me"));
		assertThat(output).containsOnlyOnce("WARN")
			.contains("ZITADEL's API at https://zitadel.example.com answered 401")
			.contains("'" + API + "'")
			.contains("Set test.api-access=true");
	}

	@Test
	void unauthorizedWhenAnotherApiThenHintsAtProjectIdsOnce(CapturedOutput output) {
		AudienceHints hints = hints("openid", API);
		for (String uri : List.of("https://api.example.com", "https://zitadel.example.com:8443/management/v1/x",
				"http://internal:8080/zz/x")) {
			hints.unauthorized(URI.create(uri));
		}
		assertThat(output).containsOnlyOnce("WARN")
			.contains("https://api.example.com answered 401")
			.contains("introspection")
			.contains("test.project-ids");
	}

	@Test
	void unauthorizedWhenBothThenHintsAtBoth(CapturedOutput output) {
		AudienceHints hints = hints("openid");
		hints.unauthorized(URI.create("https://api.example.com/x?secret=1"));
		hints.unauthorized(URI.create("https://zitadel.example.com/auth/v1/users/me?secret=1"));
		assertThat(output).contains("test.project-ids").contains("test.api-access").doesNotContain("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://zitadel.example.com/oidc/v1/userinfo",
			"https://zitadel.example.com/oauth/v2/introspect", "https://zitadel.example.com/.well-known/x",
			"http://internal:8080/z/oidc/v1/userinfo", "HTTPS://ZITADEL.example.com:443/oidc/v1/userinfo" })
	void unauthorizedWhenNoAudienceIsNeededThenSaysNothing(String uri, CapturedOutput output) {
		hints("openid").unauthorized(URI.create(uri));
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void unauthorizedWhenAudiencesAreAskedForThenSaysNothing(CapturedOutput output) {
		AudienceHints hints = hints(API, PROJECT);
		hints.unauthorized(URI.create("https://zitadel.example.com/auth/v1/users/me"));
		hints.unauthorized(URI.create("https://api.example.com/x"));
		assertThat(output).doesNotContain("WARN");
	}

	@Test
	void callWhenAnotherTokenHelpsThenSaysNothingAndOtherwiseHints(CapturedOutput output) {
		try (RecordingServer server = new RecordingServer()) {
			RestClient restClient = RestClient.builder()
				.requestInterceptor(new ServiceUserHttpRequestInterceptor(this.tokens, AuthorizedClient.hosts(), null)
					.withHints(hints("openid")))
				.build();
			WebClient webClient = WebClient.builder()
				.filter(new ServiceUserExchangeFilterFunction(this.tokens, AuthorizedClient.hosts(), null)
					.withHints(hints("openid")))
				.build();
			assertThat(restClient.get().uri(server.uri()).retrieve().body(String.class)).isEqualTo("welcome");
			this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("first")));
			assertThat(webClient.get().uri(server.uri()).retrieve().bodyToMono(String.class).block())
				.isEqualTo("welcome");
			assertThat(server.received()).hasSize(4);
			assertThat(output).doesNotContain("WARN");
			server.accept("none at all");
			assertThatExceptionOfType(HttpClientErrorException.Unauthorized.class)
				.isThrownBy(() -> restClient.get().uri(server.uri()).retrieve().body(String.class));
			assertThat(output).containsOnlyOnce("test.project-ids");
			this.tokens.keepWhenRejected();
			assertThatExceptionOfType(WebClientResponseException.Unauthorized.class)
				.isThrownBy(() -> webClient.get().uri(server.uri()).retrieve().bodyToMono(String.class).block());
			assertThat(output.toString().split("test.project-ids", -1)).hasSize(3);
		}
	}

	@Test
	void callWhenNoOtherTokenCouldBeTriedThenSaysNothing(CapturedOutput output) {
		try (RecordingServer server = new RecordingServer()) {
			RestClient restClient = RestClient.builder()
				.requestInterceptor(new ServiceUserHttpRequestInterceptor(this.tokens, AuthorizedClient.hosts(), null)
					.withHints(hints("openid")))
				.build();
			WebClient webClient = WebClient.builder()
				.filter(new ServiceUserExchangeFilterFunction(this.tokens, AuthorizedClient.hosts(), null)
					.withHints(hints("openid")))
				.build();
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

	private static AudienceHints hints(String... scopes) {
		return new AudienceHints("test",
				List.of(URI.create("https://zitadel.example.com"), URI.create("http://internal:8080/z")),
				List.of(scopes));
	}

}
