// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.test.example.ExampleApplication;
import io.github.zitadelserviceuser.test.example.WhoAmI;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application run as its developer runs it.
 */
class FakeZitadelConfigurationTests {

	@Test
	void applicationWhenStartedWithItThenUsesTheFakeAtFirstUse() {
		try (ConfigurableApplicationContext context = start()) {
			FakeZitadel zitadel = context.getBean(FakeZitadel.class);
			assertThat(zitadel).hasNoTokenRequests();
			assertThat(context.getBean(WhoAmI.class).userName()).isEqualTo("service-user");
			assertThat(zitadel).hasTokenRequests(1);
			context.getBean(ServiceUsers.class).get("billing").tokenSource().await();
			assertThat(zitadel).lastTokenRequest().hasClaim("iss", zitadel.serviceUser("billing").id());
		}
	}

	@Test
	void applicationWhenStartedAgainThenHasAFakeOfItsOwn() {
		String issuer;
		try (ConfigurableApplicationContext context = start()) {
			issuer = context.getEnvironment().getProperty("zitadel.service-user.issuer-uri");
			assertThat(issuer).isEqualTo(context.getBean(FakeZitadel.class).issuer());
		}
		try (ConfigurableApplicationContext context = start()) {
			assertThat(context.getBean(FakeZitadel.class)).hasNoTokenRequests();
			assertThat(context.getBean(WhoAmI.class).userName()).isEqualTo("service-user");
		}
	}

	private static ConfigurableApplicationContext start() {
		return SpringApplication.from(ExampleApplication::main)
			.with(FakeZitadelConfiguration.class)
			.run("--server.port=0", "--spring.main.banner-mode=off",
					"--zitadel.service-user.issuer-uri=https://production.example.com",
					"--zitadel.service-users.billing.issuer-uri=https://billing.example.com")
			.getApplicationContext();
	}

}
