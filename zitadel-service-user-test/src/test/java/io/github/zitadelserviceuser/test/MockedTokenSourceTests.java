// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.time.Instant;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.web.client.RestClient;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

/**
 * A test that puts mocks in the place of token sources: with neither a key nor a fixed
 * token, with a fake, and with a fixed token.
 */
@SpringBootTest(classes = MockedTokenSourceTests.Application.class, webEnvironment = WebEnvironment.NONE,
		properties = "zitadel.service-user.issuer-uri=https://zitadel.example.com")
class MockedTokenSourceTests {

	private static final FakeZitadel SERVER = FakeZitadel.start();

	@MockitoBean
	TokenSource tokenSource;

	@MockitoBean
	@ServiceUser("billing")
	TokenSource billingTokenSource;

	@Autowired
	@ServiceUser
	RestClient restClient;

	@Autowired
	@ServiceUser("billing")
	RestClient billing;

	@DynamicPropertySource
	static void allowServer(DynamicPropertyRegistry registry) {
		registry.add("zitadel.service-user.allowed-hosts", () -> "localhost:" + SERVER.port());
		registry.add("zitadel.service-users.billing.allowed-hosts", () -> "localhost:" + SERVER.port());
	}

	@BeforeEach
	void mock() {
		SERVER.reset();
		given(this.tokenSource.await()).willReturn(token("mocked"));
		given(this.billingTokenSource.await()).willReturn(token("mocked-billing"));
	}

	@AfterAll
	static void stop() {
		SERVER.close();
	}

	private static AccessToken token(String value) {
		return new AccessToken(value, Instant.now(), Instant.now().plusSeconds(60));
	}

	@Test
	void callWhenTokenSourcesAreMocksThenTheirTokensAreSent() {
		call(this.restClient);
		assertThat(SERVER.api()).lastCall().hasToken("mocked");
		call(this.billing);
		assertThat(SERVER.api()).lastCall().hasToken("mocked-billing");
	}

	private static void call(RestClient client) {
		int status = client.get()
			.uri(SERVER.url() + "/auth/v1/users/me")
			.exchange((request, response) -> response.getStatusCode().value());
		assertThat(status).isEqualTo(401);
	}

	/**
	 * With a fake, which nobody asks.
	 */
	@Nested
	@EnableFakeZitadel
	class WithAFake {

		@Test
		void callWhenTokenSourcesAreMocksThenNoTokenIsRequested(@Autowired FakeZitadel zitadel) {
			callWhenTokenSourcesAreMocksThenTheirTokensAreSent();
			assertThat(zitadel).hasNoTokenRequests();
		}

	}

	/**
	 * With a fixed token, which is not sent.
	 */
	@Nested
	@AutoConfigureServiceUserToken
	class WithAFixedToken {

		@Test
		void callWhenTokenSourcesAreMocksThenTheFixedTokenIsNotSent() {
			callWhenTokenSourcesAreMocksThenTheirTokensAreSent();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
