// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.observability;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Applications;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The health of the service user as whoever runs an application sees it.
 */
class HealthTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final String COMPONENTS = "management.endpoint.health.show-components=always";

	private static final String[] READINESS = { COMPONENTS, "management.endpoint.health.probes.enabled=true",
			"management.endpoint.health.group.readiness.include=readinessState,serviceUser" };

	private static final String DETAILS = "management.endpoint.health.show-details=always";

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void healthWhenNobodyCallsOutThenUnknownAndNothingIsSent() {
		try (ConfigurableApplicationContext context = start()) {
			for (int i = 0; i < 3; i++) {
				assertThat(HealthProbe.get(context, "serviceUser").body()).contains("\"status\":\"UNKNOWN\"");
			}
			assertThat(ZITADEL.discovery().requestCount()).isZero();
			assertThat(ZITADEL.tokenEndpoint().requestCount()).isZero();
		}
	}

	@Test
	void readinessThenFollowsTheToken() {
		try (ConfigurableApplicationContext context = start(DETAILS)) {
			assertThat(readiness(context)).as("unknown is no reason to be left out").isEqualTo(200);

			ZITADEL.serviceUser().deactivate();
			TokenSource tokens = context.getBean(TokenSource.class);
			assertThatExceptionOfType(TokenRequestException.class).isThrownBy(tokens::await);
			assertThat(readiness(context)).isEqualTo(503);
			assertThat(HealthProbe.get(context, "serviceUser").body()).contains("\"status\":\"DOWN\"")
				.contains("\"reason\":\"refused\"")
				.contains("is deactivated or locked")
				.contains("\"nextAttempt\":\"");
			assertThat(HealthProbe.get(context, "liveness").statusCode()).as("no reason to restart").isEqualTo(200);

			ZITADEL.serviceUser().reactivate();
			Awaitility.await().ignoreExceptions().until(() -> tokens.await() != null);
			assertThat(readiness(context)).isEqualTo(200);
			assertThat(HealthProbe.get(context, "serviceUser").body()).contains("\"status\":\"UP\"")
				.contains("\"state\":\"fresh\"")
				.doesNotContain(tokens.await().value());
		}
	}

	@Test
	void readinessWhenKeptWarmThenRecoversWithoutACaller() {
		try (ConfigurableApplicationContext context = start("zitadel.service-user.keep-warm=true")) {
			ZITADEL.serviceUser().deactivate();
			assertThatExceptionOfType(TokenRequestException.class)
				.isThrownBy(context.getBean(TokenSource.class)::await);
			assertThat(readiness(context)).isEqualTo(503);
			ZITADEL.serviceUser().reactivate();
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.untilAsserted(() -> assertThat(readiness(context)).isEqualTo(200));
		}
	}

	@Test
	void healthWhenDetailsAreNotShownThenTellsTheStatusOnly() {
		try (ConfigurableApplicationContext context = start()) {
			context.getBean(TokenSource.class).await();
			assertThat(HealthProbe.get(context, "serviceUser/default").body()).isEqualTo("{\"status\":\"UP\"}");
		}
	}

	@Test
	void healthWhenThereAreSeveralUsersThenEachHasItsOwn() {
		FakeServiceUser billing = ZITADEL.createServiceUser("billing");
		try (ConfigurableApplicationContext context = start(
				"zitadel.service-users.billing.key-location=" + billing.keyFile())) {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			billing.lock();
			users.get("default").tokenSource().await();
			TokenSource tokens = users.get("billing").tokenSource();
			assertThatExceptionOfType(TokenRequestException.class).isThrownBy(tokens::await);
			assertThat(HealthProbe.get(context, "serviceUser/default").body()).isEqualTo("{\"status\":\"UP\"}");
			assertThat(HealthProbe.get(context, "serviceUser/billing").body()).isEqualTo("{\"status\":\"DOWN\"}");
			assertThat(HealthProbe.get(context, "serviceUser").statusCode()).isEqualTo(503);
			assertThat(HealthProbe.get(context, "serviceUser/nobody").statusCode()).isEqualTo(404);

			billing.reactivate();
			Awaitility.await().ignoreExceptions().until(() -> tokens.await() != null);
			assertThat(HealthProbe.get(context, "serviceUser/billing").body()).isEqualTo("{\"status\":\"UP\"}");
			assertThat(readiness(context)).isEqualTo(200);
		}
	}

	@Test
	void readinessWhenItIsThatOfOneUserThenTheOthersDoNotCount() {
		FakeServiceUser billing = ZITADEL.createServiceUser("billing");
		try (ConfigurableApplicationContext context = Applications.start(ObservabilityApplication.class, ZITADEL,
				"zitadel.service-users.billing.key-location=" + billing.keyFile(),
				"management.endpoint.health.probes.enabled=true",
				"management.endpoint.health.group.readiness.include=readinessState,serviceUser/default")) {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			billing.lock();
			assertThatExceptionOfType(TokenRequestException.class)
				.isThrownBy(users.get("billing").tokenSource()::await);
			assertThat(readiness(context)).isEqualTo(200);
			ZITADEL.serviceUser().lock();
			assertThatExceptionOfType(TokenRequestException.class)
				.isThrownBy(users.get("default").tokenSource()::await);
			assertThat(readiness(context)).isEqualTo(503);
		}
	}

	@Test
	void healthWhenSwitchedOffThenIsNotThere() {
		try (ConfigurableApplicationContext context = Applications.start(ObservabilityApplication.class, ZITADEL,
				COMPONENTS, "management.health.service-user.enabled=false")) {
			assertThat(HealthProbe.get(context, "serviceUser").statusCode()).isEqualTo(404);
			assertThat(HealthProbe.get(context, "ping").statusCode()).isEqualTo(200);
		}
	}

	private static int readiness(ConfigurableApplicationContext context) {
		return HealthProbe.get(context, "readiness").statusCode();
	}

	private static ConfigurableApplicationContext start(String... properties) {
		String[] all = Stream.of(READINESS, properties).flatMap(Arrays::stream).toArray(String[]::new);
		return Applications.start(ObservabilityApplication.class, ZITADEL, all);
	}

}
