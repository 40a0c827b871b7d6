// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * No library follows a redirect with the token or the assertion, whatever the application
 * has set for its own clients.
 */
class RedirectTests {

	private static final int[] STATUSES = { 301, 302, 303, 307, 308 };

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final Host allowed = new Host("localhost");

	private final Host other = new Host("localhost");

	@AfterEach
	void stop() {
		this.allowed.close();
		this.other.close();
		this.zitadel.close();
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenAnsweredWithARedirectThenItIsTheAnswer(Library library) {
		this.allowed.leadTo(this.other.uri("/stolen"));
		try (ConfigurableApplicationContext application = start(library)) {
			for (int status : STATUSES) {
				for (HttpMethod method : new HttpMethod[] { HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT }) {
					ResponseEntity<String> answer = library.call(application, method, this.allowed.uri("/" + status),
							HttpHeaders.EMPTY, method.equals(HttpMethod.GET) ? "" : "the body");
					assertThat(answer.getStatusCode().value()).isEqualTo(status);
					assertThat(answer.getHeaders().getLocation()).isEqualTo(this.other.uri("/stolen"));
					assertThat(this.allowed.received()).hasSize(1).allMatch(Host.Received::isAuthorized);
				}
			}
			assertThat(this.other.received()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenAnotherClientOfTheApplicationThenRedirectIsFollowed(Library library) {
		this.allowed.leadTo(this.other.uri("/followed"));
		try (ConfigurableApplicationContext application = start(library)) {
			assertThat(library.getUnauthorized(application, this.allowed.uri("/302")).getBody()).isEqualTo("arrived");
			assertThat(this.other.received()).hasSize(1);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void requestTokenWhenAnsweredWithARedirectThenNothingIsSentThere(Library library) {
		try (ConfigurableApplicationContext application = start(library)) {
			this.zitadel.tokenEndpoint()
				.answerNext(1, FakeAnswer.text(307, "").withHeader("Location", this.other.uri("/").toString()));
			TokenSource tokens = application.getBean(TokenSource.class);
			assertThatExceptionOfType(TokenRequestException.class).isThrownBy(tokens::await);
			assertThat(this.other.received()).isEmpty();
			Awaitility.await()
				.ignoreExceptionsInstanceOf(TokenRequestException.class)
				.until(() -> !tokens.await().value().isEmpty());
		}
	}

	private ConfigurableApplicationContext start(Library library) {
		return library.start(this.zitadel, "spring.http.clients.redirects=follow",
				"zitadel.service-user.allowed-hosts=" + this.allowed.authority());
	}

}
