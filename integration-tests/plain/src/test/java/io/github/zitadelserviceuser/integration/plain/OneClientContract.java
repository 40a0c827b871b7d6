// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.plain;

import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What holds for an application that has one of Spring's clients and not the other. Those
 * who test it have a run of their own, without the other on the class path.
 */
@Tag("one-client")
abstract class OneClientContract {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final Class<? extends Client> client;

	OneClientContract(Class<? extends Client> client) {
		this.client = client;
	}

	@AfterEach
	void stop() {
		this.zitadel.close();
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
		return String.valueOf(application.getBean(Client.class).get(this.zitadel.url() + "/oidc/v1/userinfo"));
	}

	private ConfigurableApplicationContext start(String... properties) {
		SpringApplication application = new SpringApplication(Application.class, this.client);
		return application.run(Stream
			.concat(Stream.of(properties),
					Stream.of("spring.main.banner-mode=off", "zitadel.service-user.issuer-uri=" + this.zitadel.issuer(),
							"zitadel.service-user.key-location=" + this.zitadel.serviceUser().key().keyFile()))
			.map((property) -> "--" + property)
			.toArray(String[]::new));
	}

	/**
	 * What the application calls out by.
	 */
	interface Client {

		String get(String uri);

	}

	@EnableAutoConfiguration
	static class Application {

	}

}
