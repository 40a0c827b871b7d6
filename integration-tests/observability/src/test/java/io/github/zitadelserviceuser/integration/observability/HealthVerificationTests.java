// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.observability;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Applications;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A web application that is verified before it takes requests.
 */
class HealthVerificationTests {

	@Test
	void startWhenVerifiedThenIsUpFromTheFirstRequestOn() {
		try (FakeZitadel zitadel = FakeZitadel.start();
				ConfigurableApplicationContext context = Applications.start(ObservabilityApplication.class, zitadel,
						"management.endpoint.health.show-components=always",
						"zitadel.service-user.verify-on-startup=true")) {
			assertThat(HealthProbe.get(context, "serviceUser").body()).contains("\"status\":\"UP\"");
			assertThat(zitadel.userInfo().requestCount()).isEqualTo(1);
			assertThat(zitadel.tokenEndpoint().requestCount()).isEqualTo(1);
		}
	}

	@Test
	void startWhenItCannotBeVerifiedThenStopsWithTheCause() {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			zitadel.serviceUser().lock();
			assertThatException()
				.isThrownBy(() -> Applications
					.start(ObservabilityApplication.class, zitadel, "zitadel.service-user.verify-on-startup=true")
					.close())
				.withStackTraceContaining("is deactivated or locked");
		}
	}

}
