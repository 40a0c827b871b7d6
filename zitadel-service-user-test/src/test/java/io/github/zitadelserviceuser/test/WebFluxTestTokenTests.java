/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
