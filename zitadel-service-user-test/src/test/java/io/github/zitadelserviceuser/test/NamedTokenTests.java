// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.restclient.test.autoconfigure.RestClientTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.web.client.RestClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.header;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

/**
 * Several service users with fixed tokens, in a slice with one mock server.
 */
@RestClientTest(
		properties = { "zitadel.service-user.issuer-uri=", "zitadel.service-users.billing.key-location=/no/such/file",
				"zitadel.service-users.billing.allowed-hosts=api.example.com" })
@AutoConfigureServiceUserToken("token")
@ContextConfiguration(classes = NamedTokenTests.Application.class)
class NamedTokenTests {

	@Autowired
	MockRestServiceServer server;

	@Autowired
	@ServiceUser
	RestClient acme;

	@Autowired
	@ServiceUser("billing")
	RestClient billing;

	@Test
	void clientsWhenOfSeveralUsersThenShareTheServerAndNotTheToken() {
		this.server.expect(requestTo("https://zitadel.test/one"))
			.andExpect(header("Authorization", "Bearer token"))
			.andRespond(withSuccess("one", MediaType.TEXT_PLAIN));
		this.server.expect(requestTo("https://api.example.com/two"))
			.andExpect(header("Authorization", "Bearer token-billing"))
			.andRespond(withSuccess("two", MediaType.TEXT_PLAIN));
		assertThat(get(this.acme, "/one")).isEqualTo("one");
		assertThat(get(this.billing, "https://api.example.com/two")).isEqualTo("two");
		this.server.verify();
		assertThatExceptionOfType(HostNotAllowedException.class)
			.isThrownBy(() -> get(this.acme, "https://api.example.com/two"));
	}

	private static String get(RestClient client, String uri) {
		return client.get().uri(uri).retrieve().body(String.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/**
	 * An HTTP service of a named user.
	 */
	@Nested
	@RestClientTest(properties = "zitadel.service-users.billing.allowed-hosts=api.example.com")
	@ContextConfiguration(classes = WithAnHttpService.Application.class)
	class WithAnHttpService {

		@Test
		void serviceWhenCalledThenHasTheTokenOfItsUser(@Autowired Prices prices,
				@Autowired MockRestServiceServer server) {
			server.expect(requestTo("https://api.example.com/price"))
				.andExpect(header("Authorization", "Bearer token-billing"))
				.andRespond(withSuccess("seven", MediaType.TEXT_PLAIN));
			assertThat(prices.price()).isEqualTo("seven");
		}

		@ServiceUser("billing")
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

}
