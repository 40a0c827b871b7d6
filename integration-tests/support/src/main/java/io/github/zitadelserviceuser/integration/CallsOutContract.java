// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import java.util.Objects;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an application of every kind gets from the starter: it authenticates and calls
 * out, with both clients.
 */
public abstract class CallsOutContract {

	private static final String USER_INFO = "/oidc/v1/userinfo";

	private static final String API_THAT_NEEDS_THE_AUDIENCE = "/auth/v1/users/me";

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final Class<?> application;

	/**
	 * Create the tests of an application.
	 * @param application its main class
	 */
	protected CallsOutContract(Class<?> application) {
		this.application = application;
	}

	@AfterEach
	void stop() {
		this.zitadel.close();
	}

	@Test
	void callWhenScopesAreTheDefaultsThenUserInfoIsAnsweredWithOneTokenRequest() {
		try (ConfigurableApplicationContext context = Applications.startWithClients(this.application, this.zitadel)) {
			Clients clients = context.getBean(Clients.class);
			assertThat(both(clients, USER_INFO)).hasSize(2)
				.allMatch((body) -> body.contains("\"sub\":\"" + this.zitadel.serviceUser().id() + '"'));
			assertThat(this.zitadel.tokenRequests()).hasSize(1);
			assertThat(this.zitadel.discovery().requestCount()).isEqualTo(1);
		}
	}

	@Test
	void callWhenApiAccessIsNotAskedForThenApiAnswers401() {
		try (ConfigurableApplicationContext context = Applications.startWithClients(this.application, this.zitadel)) {
			Clients clients = context.getBean(Clients.class);
			assertThatExceptionOfType(HttpClientErrorException.Unauthorized.class)
				.isThrownBy(() -> blocking(clients, API_THAT_NEEDS_THE_AUDIENCE));
			assertThatExceptionOfType(WebClientResponseException.Unauthorized.class)
				.isThrownBy(() -> reactive(clients, API_THAT_NEEDS_THE_AUDIENCE));
			assertThat(this.zitadel.tokenRequests()).hasSize(1);
		}
	}

	@Test
	void callWhenApiAccessIsAskedForThenApiAnswers() {
		try (ConfigurableApplicationContext context = Applications.startWithClients(this.application, this.zitadel,
				"zitadel.service-user.api-access=true")) {
			Clients clients = context.getBean(Clients.class);
			assertThat(both(clients, API_THAT_NEEDS_THE_AUDIENCE)).hasSize(2)
				.allMatch((body) -> body.contains(this.zitadel.serviceUser().userName()));
			assertThat(both(clients, USER_INFO)).hasSize(2);
			assertThat(this.zitadel.tokenRequests()).hasSize(1);
		}
	}

	@Test
	void callWhenZitadelFailsThenFailsAndThenRecovers() {
		try (ConfigurableApplicationContext context = Applications.startWithClients(this.application, this.zitadel)) {
			Clients clients = context.getBean(Clients.class);
			this.zitadel.discovery().answerAlways(FakeAnswer.text(404, "Instance not found"));
			assertThatExceptionOfType(TokenRequestException.class).isThrownBy(() -> blocking(clients, USER_INFO));
			assertThatExceptionOfType(TokenRequestException.class).isThrownBy(() -> reactive(clients, USER_INFO));
			assertThat(this.zitadel.userInfo().requestCount()).isZero();
			this.zitadel.discovery().answerNormally();
			Awaitility.await()
				.ignoreExceptionsInstanceOf(TokenRequestException.class)
				.untilAsserted(() -> assertThat(both(clients, USER_INFO)).hasSize(2));
		}
	}

	private Stream<String> both(Clients clients, String path) {
		return Stream.of(reactive(clients, path), blocking(clients, path));
	}

	private String reactive(Clients clients, String path) {
		return Objects.requireNonNull(
				clients.webClient().get().uri(this.zitadel.url() + path).retrieve().bodyToMono(String.class).block());
	}

	private String blocking(Clients clients, String path) {
		return Objects
			.requireNonNull(clients.restClient().get().uri(this.zitadel.url() + path).retrieve().body(String.class));
	}

}
