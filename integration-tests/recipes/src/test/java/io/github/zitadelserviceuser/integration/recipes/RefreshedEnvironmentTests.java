// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an environment that Spring Cloud refreshes changes of a service user, as
 * {@code docs/operating.md} says it.
 */
class RefreshedEnvironmentTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private ConfigurableApplicationContext context;

	private ServiceUsers users;

	@BeforeEach
	void start() {
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("zitadel.service-user.issuer-uri=" + this.zitadel.issuer(),
					"zitadel.service-user.key-location=" + this.zitadel.serviceUser().keyFile(),
					"zitadel.service-users.billing.allowed-hosts=localhost", "granted=before")
			.run();
		this.users = this.context.getBean(ServiceUsers.class);
	}

	@AfterEach
	void stop() {
		this.context.close();
		this.zitadel.close();
	}

	@Test
	void refreshWhenPropertiesHaveChangedThenUsersStayAsTheyWere() {
		refresh(Map.of("zitadel.service-user.issuer-uri", "https://elsewhere.example",
				"zitadel.service-user.allowed-hosts", "api.example", "zitadel.service-users.late.key-location",
				"key.json"));
		assertThat(this.users.names()).containsExactlyInAnyOrder("default", "billing");
		ServiceUserClient user = this.users.get("default");
		assertThat(callZitadelAs(user)).contains(this.zitadel.serviceUser().id());
		assertThatExceptionOfType(HostNotAllowedException.class)
			.isThrownBy(() -> user.restClient().get().uri("https://api.example").retrieve().toBodilessEntity());
	}

	@Test
	void createWhenPropertiesHaveChangedThenInheritsWhatTheySaidAtStart() {
		refresh(Map.of("zitadel.service-user.issuer-uri", "https://elsewhere.example"));
		String key = this.zitadel.serviceUser().keyFile().toString();
		assertThat(callZitadelAs(this.users.create("tenant", (user) -> user.keyLocation(key))))
			.contains(this.zitadel.serviceUser().id());
	}

	@Test
	void refreshWhenABeanIsInThatScopeThenItsNewSelfIsAsked() {
		ServiceUserClient billing = this.users.get("billing");
		assertThat(billing.tokenSource().await().value()).isEqualTo("before");
		refresh(Map.of("granted", "after"));
		((RefreshingTokenSource) billing.tokenSource()).forget();
		assertThat(billing.tokenSource().await().value()).isEqualTo("after");
	}

	private void refresh(Map<String, Object> changed) {
		this.context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("changed", changed));
		this.context.publishEvent(new EnvironmentChangeEvent(this.context, Set.copyOf(changed.keySet())));
		this.context.getBean(org.springframework.cloud.context.scope.refresh.RefreshScope.class).refreshAll();
	}

	private static String callZitadelAs(ServiceUserClient user) {
		return user.restClient().get().uri("/oidc/v1/userinfo").retrieve().body(String.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		@RefreshScope
		@ServiceUser("billing")
		TokenGrant billingGrant(@Value("${granted}") String granted) {
			return () -> new TokenResponse(granted, Duration.ofHours(1));
		}

	}

}
