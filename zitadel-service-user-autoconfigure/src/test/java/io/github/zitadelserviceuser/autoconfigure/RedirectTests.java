// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Neither token nor assertion goes along a redirect, whichever library makes the request
 * and whatever the application has set for its own clients.
 */
class RedirectTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private final OpenServer allowed = new OpenServer();

	private final OpenServer other = new OpenServer();

	@BeforeEach
	void redirect() {
		ZITADEL.reset();
		this.allowed.redirectTo(this.other.url("/stolen"));
	}

	@AfterEach
	void closeServers() {
		this.allowed.close();
		this.other.close();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@ParameterizedTest
	@CsvSource({ "jdk, follow", "jdk, follow-when-possible", "http-components, follow", "simple, follow" })
	void callWhenAnsweredWithARedirectThenItIsTheAnswer(String factory, String redirects) {
		runner(factory).withPropertyValues("spring.http.clients.redirects=" + redirects).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(RestClient.class)
				.get()
				.uri(this.allowed.url("/redirect"))
				.retrieve()
				.toBodilessEntity()
				.getStatusCode()
				.value()).isEqualTo(302);
			assertThat(context.getBean(WebClient.class)
				.get()
				.uri(this.allowed.url("/redirect"))
				.retrieve()
				.toBodilessEntity()
				.map((response) -> response.getStatusCode().value())
				.block()).isEqualTo(302);
			assertThat(this.allowed.authorizations()).hasSize(2).allMatch((values) -> values.size() == 1);
			assertThat(this.other.received()).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdk", "http-components", "simple" })
	void requestTokenWhenAnsweredWithARedirectThenAssertionIsNotSentThere(String factory) {
		runner(factory).withPropertyValues("spring.http.clients.redirects=follow").run((context) -> {
			ZITADEL.tokenEndpoint()
				.answerAlways(FakeAnswer.text(307, "").withHeader("Location", this.other.url("/stolen")));
			assertThatExceptionOfType(TokenRequestException.class)
				.isThrownBy(() -> context.getBean(TokenSource.class).await());
			assertThat(this.other.received()).isEmpty();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdk", "http-components", "simple" })
	void callWhenHostIsNotAllowedThenNothingIsSent(String factory) {
		runner(factory).run((context) -> {
			assertThatExceptionOfType(HostNotAllowedException.class)
				.isThrownBy(() -> context.getBean(RestClient.class)
					.get()
					.uri(this.other.url("/"))
					.retrieve()
					.toBodilessEntity())
				.withMessageContaining("zitadel.service-user.allowed-hosts");
			assertThatExceptionOfType(HostNotAllowedException.class).isThrownBy(() -> context.getBean(WebClient.class)
				.get()
				.uri(this.other.url("/"))
				.retrieve()
				.toBodilessEntity()
				.block());
			assertThat(this.other.received()).isEmpty();
			assertThat(ZITADEL.tokenEndpoint().requestCount()).isZero();
		});
	}

	private ApplicationContextRunner runner(String factory) {
		return Contexts.of(ZITADEL)
			.withPropertyValues("spring.http.clients.imperative.factory=" + factory,
					"zitadel.service-user.allowed-hosts=" + this.allowed.authority());
	}

}
