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
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.restclient.test.autoconfigure.RestClientTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.header;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

/**
 * An HTTP service tested with the mock server.
 */
@RestClientTest(properties = "zitadel.service-user.allowed-hosts=api.example.com")
@AutoConfigureServiceUserToken
@ContextConfiguration(classes = HttpServiceTokenTests.Application.class)
class HttpServiceTokenTests {

	@Test
	void serviceWhenCalledThenCallsTheMockServerAsTheServiceUser(@Autowired Prices prices,
			@Autowired MockRestServiceServer server) {
		server.expect(requestTo("https://api.example.com/price"))
			.andExpect(header("Authorization", "Bearer test-token"))
			.andRespond(withSuccess("seven", MediaType.TEXT_PLAIN));
		assertThat(prices.price()).isEqualTo("seven");
		server.verify();
	}

	@ServiceUser
	interface Prices {

		@GetExchange("https://api.example.com/price")
		String price();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportHttpServices(group = "prices", types = Prices.class)
	static class Application {

	}

}
