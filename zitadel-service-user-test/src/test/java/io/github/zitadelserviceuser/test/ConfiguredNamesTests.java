// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.util.List;
import java.util.Map;

import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which users an application has, whose names are not always written alike.
 */
class ConfiguredNamesTests {

	private final StandardEnvironment environment = environment();

	@Test
	void usersWhenAVariableLeavesOutAHyphenThenItMeansTheSameUser() {
		ConfiguredNames names = ConfiguredNames.of(this.environment);
		assertThat(names.usersWithCredential()).containsExactly("my-billing", "plain");
		assertThat(names.usersWith("issuer-uri")).containsExactly("my-billing");
		assertThat(names.credentialsOf("my-billing")).isEqualTo(List.of("key-location"));
	}

	@Test
	void startWhenAVariableLeavesOutAHyphenThenTheFakeMakesNoSecondUser() {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setEnvironment(this.environment);
		try (ConfigurableApplicationContext context = application.run("--spring.main.banner-mode=off")) {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			assertThat(users.names()).containsExactly("my-billing", "plain");
			assertThat(users.get("my-billing").tokenSource().await()).isNotNull();
		}
	}

	private static StandardEnvironment environment() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource("written", Map.of("zitadel.service-users.my-billing.project-ids[0]", "1",
					"zitadel.service-users.my-billing.issuer-uri", "https://production.example.com")));
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(
					"test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					Map.of("ZITADEL_SERVICEUSERS_MYBILLING_KEYLOCATION", "/no/such/file",
							"ZITADEL_SERVICEUSERS_PLAIN_KEYLOCATION", "/no/such/file")));
		return environment;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(FakeZitadelConfiguration.class)
	static class Application {

	}

}
