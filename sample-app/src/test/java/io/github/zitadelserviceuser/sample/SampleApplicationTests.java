// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample;

import java.util.Arrays;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the sample, run as the README runs it.
 */
@ExtendWith(OutputCaptureExtension.class)
class SampleApplicationTests {

	@Test
	void mainWhenNoIssuerIsSetThenAuthenticatesAtTheStandIn(CapturedOutput output) {
		try (ConfigurableApplicationContext context = run()) {
			assertThat(userInfo(context).preferredUsername()).isEqualTo("service-user");
			Awaitility.await()
				.untilAsserted(() -> assertThat(output).containsOnlyOnce("as service user 'service-user'"));
		}
	}

	@Test
	void mainWhenIssuerAndKeyAreSetThenAuthenticatesThere(CapturedOutput output) {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			var user = zitadel.createServiceUser("invoice-mailer");
			try (ConfigurableApplicationContext context = run("--zitadel.service-user.issuer-uri=" + zitadel.issuer(),
					"--zitadel.service-user.key-location=base64:" + user.createKey().base64())) {
				assertThat(userInfo(context)).isEqualTo(new UserInfo(user.id(), "invoice-mailer", "invoice-mailer"));
				assertThat(zitadel.tokenRequests()).hasSize(1);
				Awaitility.await()
					.untilAsserted(() -> assertThat(output)
						.containsOnlyOnce("at " + zitadel.issuer() + " as service user 'invoice-mailer'"));
			}
		}
	}

	@Test
	void mainWhenTheUserIsLockedThenSaysSoAndRecovers(CapturedOutput output) {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			zitadel.serviceUser().lock();
			try (ConfigurableApplicationContext context = run("--zitadel.service-user.issuer-uri=" + zitadel.issuer(),
					"--zitadel.service-user.key-location=" + zitadel.serviceUser().key().keyFile())) {
				Awaitility.await()
					.untilAsserted(() -> assertThat(output).contains("Not authenticated at")
						.contains("deactivated or locked"));
				zitadel.serviceUser().reactivate();
				Awaitility.await()
					.ignoreExceptions()
					.untilAsserted(() -> assertThat(userInfo(context).preferredUsername()).isEqualTo("service-user"));
			}
		}
	}

	private static ConfigurableApplicationContext run(String... properties) {
		SpringApplication.Running running = SpringApplication.from(SampleApplication::main)
			.run(Stream.concat(Arrays.stream(properties), Stream.of("--server.port=0")).toArray(String[]::new));
		return running.getApplicationContext();
	}

	private static UserInfo userInfo(ConfigurableApplicationContext context) {
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		UserInfo userInfo = RestClient.create("http://localhost:" + port)
			.get()
			.uri("/userinfo")
			.retrieve()
			.body(UserInfo.class);
		assertThat(userInfo).isNotNull();
		return userInfo;
	}

}
