// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.security;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Applications;
import io.github.zitadelserviceuser.security.ServiceUserAuthorizedClientProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that has the manager, or the provider, of Spring Security from itself
 * keeps it.
 */
class OwnManagerTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	@AfterEach
	void stop() {
		this.zitadel.close();
	}

	@Test
	void startWhenApplicationHasAManagerThenItIsTheOnlyOneAndIsAsked() {
		try (ConfigurableApplicationContext context = Applications.start(ManagerApplication.class, this.zitadel)) {
			assertThat(context.getBeanNamesForType(OAuth2AuthorizedClientManager.class)).containsExactly("ownManager");
			context.getBean(OAuth2AuthorizedClientManager.class)
				.authorize(OAuth2AuthorizeRequest.withClientRegistrationId("company").principal("alice").build());
			assertThat(context.getBean(AtomicInteger.class)).hasValue(1);
			assertThat(this.zitadel.tokenEndpoint().requestCount()).isZero();
		}
	}

	@Test
	void startWhenApplicationHasAProviderThenItIsTheOnlyOne() {
		try (ConfigurableApplicationContext context = Applications.start(ProviderApplication.class, this.zitadel)) {
			assertThat(context.getBeanNamesForType(OAuth2AuthorizedClientProvider.class))
				.containsExactly("ownProvider");
			assertThat(context.getBeanNamesForType(ServiceUserAuthorizedClientProvider.class)).isEmpty();
		}
	}

	@EnableAutoConfiguration
	static class ManagerApplication {

		@Bean
		AtomicInteger requests() {
			return new AtomicInteger();
		}

		@Bean
		OAuth2AuthorizedClientManager ownManager(AtomicInteger requests) {
			return (request) -> {
				requests.incrementAndGet();
				return null;
			};
		}

	}

	@EnableAutoConfiguration
	static class ProviderApplication {

		@Bean
		OAuth2AuthorizedClientProvider ownProvider() {
			return (context) -> null;
		}

	}

}
