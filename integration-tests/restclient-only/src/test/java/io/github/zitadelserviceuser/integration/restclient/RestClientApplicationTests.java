// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.restclient;

import java.util.stream.Stream;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ClassUtils;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Has the RestClient alone: neither WebFlux nor Spring Security.
 */
class RestClientApplicationTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	@AfterEach
	void stop() {
		this.zitadel.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.web.reactive.function.client.WebClient",
			"reactor.core.publisher.Mono", "org.springframework.boot.webclient.WebClientCustomizer",
			"org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider" })
	void startThenClassIsNotThere(String name) {
		assertThat(ClassUtils.isPresent(name, getClass().getClassLoader())).isFalse();
	}

	@Test
	void callWhenStartedThenUserInfoIsAnswered() {
		try (ConfigurableApplicationContext application = start()) {
			assertThat(userInfo(application)).contains(this.zitadel.serviceUser().id());
			assertThat(userInfo(application)).contains(this.zitadel.serviceUser().id());
			assertThat(this.zitadel.tokenRequests()).hasSize(1);
			assertThat(application.getBean(TokenSource.class).await().value()).isNotEmpty();
		}
	}

	@Test
	void callWhenZitadelIsDownThenFailsAndThenRecovers() {
		try (ConfigurableApplicationContext application = start()) {
			this.zitadel.discovery().answerAlways(FakeAnswer.text(404, "Instance not found"));
			assertThatExceptionOfType(TokenRequestException.class).isThrownBy(() -> userInfo(application));
			this.zitadel.discovery().answerNormally();
			Awaitility.await()
				.ignoreExceptionsInstanceOf(TokenRequestException.class)
				.untilAsserted(() -> assertThat(userInfo(application)).contains(this.zitadel.serviceUser().id()));
		}
	}

	@Test
	void callWhenRedirectsAreFollowedThenIsAnswered() {
		try (ConfigurableApplicationContext application = start("zitadel.service-user.follow-redirects=true")) {
			this.zitadel.userInfo()
				.answerNext(1, FakeAnswer.text(307, "")
					.withHeader("Location", this.zitadel.url() + "/oidc/v1/userinfo?followed"));
			assertThat(userInfo(application)).contains(this.zitadel.serviceUser().id());
			assertThat(this.zitadel.userInfo().requestCount()).isEqualTo(2);
		}
	}

	private String userInfo(ConfigurableApplicationContext application) {
		return String.valueOf(application.getBean(Client.class)
			.client()
			.get()
			.uri(this.zitadel.url() + "/oidc/v1/userinfo")
			.retrieve()
			.body(String.class));
	}

	private ConfigurableApplicationContext start(String... properties) {
		SpringApplication application = new SpringApplication(RestClientApplication.class, Client.class);
		return application.run(Stream
			.concat(Stream.of(properties),
					Stream.of("spring.main.banner-mode=off", "zitadel.service-user.issuer-uri=" + this.zitadel.issuer(),
							"zitadel.service-user.key-location=" + this.zitadel.serviceUser().key().keyFile()))
			.map((property) -> "--" + property)
			.toArray(String[]::new));
	}

	record Client(@ServiceUser RestClient client) {
	}

}
