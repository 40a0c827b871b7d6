// SPDX-License-Identifier: Apache-2.0

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
