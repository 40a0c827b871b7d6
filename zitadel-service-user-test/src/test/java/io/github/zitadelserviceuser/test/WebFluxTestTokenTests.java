// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A slice of a reactive web application with a fixed token.
 */
@WebFluxTest
@AutoConfigureServiceUserToken
@ContextConfiguration(classes = WebFluxTestTokenTests.Application.class)
class WebFluxTestTokenTests {

	@Test
	void sliceWhenStartedThenHasTheTokenAndAClient(@Autowired TokenSource tokenSource,
			@Autowired @ServiceUser WebClient webClient) {
		assertThat(tokenSource.await().value()).isEqualTo("test-token");
		assertThat(webClient).isNotNull();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
