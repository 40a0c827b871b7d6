// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.test.example.WhoAmI;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that reads its issuer in a test with a fixed token.
 */
@SpringBootTest(classes = ServiceUserTokenContextCustomizerTests.Application.class)
@AutoConfigureServiceUserToken
class ServiceUserTokenContextCustomizerTests {

	@Test
	void issuerWhenNoneIsSetThenIsThatOfTests(@Autowired WhoAmI whoAmI, @Autowired AuthorizationServer server,
			@Value("${zitadel.service-user.issuer-uri}") String issuer) {
		assertThat(whoAmI).isNotNull();
		assertThat(issuer).isEqualTo("https://zitadel.test");
		assertThat(server.issuer()).hasToString("https://zitadel.test");
	}

	/**
	 * Has an issuer of its own.
	 */
	@Nested
	@SpringBootTest(classes = ServiceUserTokenContextCustomizerTests.Application.class)
	@TestPropertySource(properties = "zitadel.service-user.issuer-uri=https://own.example")
	class WithAnIssuer {

		@Test
		void issuerWhenOneIsSetThenIsThat(@Autowired AuthorizationServer server,
				@Value("${zitadel.service-user.issuer-uri}") String issuer) {
			assertThat(issuer).isEqualTo("https://own.example");
			assertThat(server.issuer()).hasToString("https://own.example");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(WhoAmI.class)
	static class Application {

	}

}
