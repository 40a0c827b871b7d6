// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.time.Duration;
import java.time.Instant;

import io.github.zitadelserviceuser.autoconfigure.Contexts;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an application logs of token and key.
 */
@ExtendWith(OutputCaptureExtension.class)
class LogTests {

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
	void callsWhenRefusedAndThenNotThenOneLineEach(CapturedOutput output) {
		Contexts.of(ZITADEL).run((context) -> {
			TokenSource tokens = context.getBean(TokenSource.class);
			ZITADEL.serviceUser().deactivate();
			for (int i = 0; i < 5; i++) {
				assertThatExceptionOfType(TokenRequestException.class).isThrownBy(tokens::await);
			}
			Awaitility.await()
				.untilAsserted(() -> assertThat(output.getAll().lines())
					.filteredOn((line) -> line.contains("No access token could be obtained"))
					.singleElement()
					.asString()
					.contains("WARN")
					.contains("is deactivated or locked"));
			ZITADEL.serviceUser().reactivate();
			Awaitility.await().ignoreExceptions().until(() -> tokens.await() != null);
			Awaitility.await()
				.untilAsserted(() -> assertThat(output).containsOnlyOnce("can be obtained again, after")
					.containsOnlyOnce("Obtained the first access token"));
			assertThat(output).doesNotContain(tokens.await().value());
		});
	}

	@Test
	void startWhenKeyExpiresSoonThenWarns(CapturedOutput output) {
		FakeServiceUserKey key = expiringKey();
		Contexts.of(ZITADEL).withPropertyValues("zitadel.service-user.key-location=" + key.keyFile()).run((context) -> {
			assertThat(output).containsOnlyOnce(warning(key));
			context.getBean(TokenSource.class).await();
			Awaitility.await().untilAsserted(() -> assertThat(output).contains("Obtained the first access token"));
			assertThat(output).containsOnlyOnce(warning(key));
		});
	}

	@Test
	void callsWhenAUserHasANameThenTheLinesHaveIt(CapturedOutput output) {
		FakeServiceUser billing = ZITADEL.createServiceUser("billing");
		Contexts.of(ZITADEL)
			.withPropertyValues("zitadel.service-users.billing.key-location=" + billing.keyFile())
			.run((context) -> {
				context.getBean(ServiceUsers.class).get("billing").tokenSource().await();
				Awaitility.await()
					.untilAsserted(() -> assertThat(output)
						.contains("Obtained the first access token for the ZITADEL service user 'billing'"));
			});
	}

	private static FakeServiceUserKey expiringKey() {
		return ZITADEL.serviceUser().createKey(Instant.now().plus(Duration.ofDays(5)));
	}

	private static String warning(FakeServiceUserKey key) {
		return "The key " + key.keyId() + " of user " + key.userId() + " expires at " + key.expirationDate();
	}

}
