// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.function.Consumer;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What somebody reads whose application calls out while it starts, and cannot.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void startWhenRunnerGetsNoTokenThenExplains(CapturedOutput output) {
		FakeServiceUserKey key = ZITADEL.serviceUser().createKey();
		key.delete();
		assertThatException().isThrownBy(() -> start(key, runner("/oidc/v1/userinfo")).close());
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The application calls out as the ZITADEL service user while it starts, and there is no access "
					+ "token for that call. ")
			.contains(key.keyId())
			.contains("Go through what is named above")
			.contains("let it call out later")
			.doesNotContain(key.pem().lines().skip(3).findFirst().orElseThrow());
		start(ZITADEL.serviceUser().key(), runner("/oidc/v1/userinfo")).close();
	}

	@Test
	void startWhenBeanGetsNoTokenWhileItIsMadeThenExplains(CapturedOutput output) {
		ZITADEL.serviceUser().lock();
		Consumer<GenericApplicationContext> bean = (context) -> context.registerBean("early", String.class,
				() -> context.getBean(TokenSource.class).await().value().isEmpty() ? "none" : "some");
		assertThatException().isThrownBy(() -> start(ZITADEL.serviceUser().key(), bean).close());
		assertThat(output).contains("APPLICATION FAILED TO START").contains("is deactivated or locked");
		ZITADEL.serviceUser().reactivate();
		start(ZITADEL.serviceUser().key(), bean).close();
	}

	@Test
	void startWhenRunnerCallsAHostThatIsNotAllowedThenExplains(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> start(ZITADEL.serviceUser().key(), runner("https://elsewhere.example/x")).close());
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("was not sent to https://elsewhere.example")
			.contains("allow it in 'zitadel.service-user.allowed-hosts'")
			.contains("a client that is not authorized")
			.doesNotContain("\tat ");
	}

	private static Consumer<GenericApplicationContext> runner(String uri) {
		String url = uri.startsWith("/") ? ZITADEL.url() + uri : uri;
		return (context) -> context.registerBean("runner", ApplicationRunner.class, () -> (
				arguments) -> context.getBean(Caller.class).client().get().uri(url).retrieve().toBodilessEntity());
	}

	private static ConfigurableApplicationContext start(FakeServiceUserKey key,
			Consumer<GenericApplicationContext> beans) {
		SpringApplication application = new SpringApplication(RealApplication.Sources.class, Caller.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.addInitializers((context) -> beans.accept((GenericApplicationContext) context));
		return application.run("--zitadel.service-user.issuer-uri=" + ZITADEL.issuer(),
				"--zitadel.service-user.key-location=" + fileOfLongAgo(key));
	}

	// One of a moment ago would be tried again.
	private static Path fileOfLongAgo(FakeServiceUserKey key) {
		try {
			return Files.setLastModifiedTime(key.keyFile(), FileTime.from(Instant.EPOCH));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Has a client injected.
	 *
	 * @param client the client
	 */
	record Caller(@ServiceUser RestClient client) {

	}

}
