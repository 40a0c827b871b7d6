// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.securitywebflux;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.IssuedToken;
import io.github.zitadelserviceuser.integration.Applications;
import io.github.zitadelserviceuser.integration.Http;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.oauth2.client.JwtBearerReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.web.server.SecurityWebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * People who are logged in call as the one service user through Spring Security's own
 * reactive clients.
 */
class SecurityWebFluxEndUsersTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final FakeServiceUser billing = this.zitadel.createServiceUser("billing");

	@AfterEach
	void stop() {
		this.zitadel.close();
	}

	@Test
	void callWhenRegistrationIsNamedOnAWebClientThenUsersShareOneToken() {
		assertShared("/web-client");
	}

	@Test
	void callWhenRegistrationIsNamedOnAnHttpServiceThenUsersShareOneToken() {
		assertShared("/http-service");
	}

	@Test
	void callWhenRegistrationIsNamedOnAnArgumentThenUsersShareOneToken() {
		try (ConfigurableApplicationContext context = start(BasicApplication.class)) {
			for (String user : new String[] { "alice", "bob", "alice" }) {
				assertThat(Http.getAs(user, context, "/argument").body()).isEqualTo(user + " by zitadel");
			}
			assertThat(this.zitadel.tokenRequests()).hasSize(1);
			assertThat(Http.getAs("bob", context, "/billing/argument").body()).isEqualTo("bob by zitadel-billing");
			assertThat(this.zitadel.issuedTokens()).extracting(IssuedToken::userId)
				.containsExactly(this.zitadel.serviceUser().id(), this.billing.id());
		}
	}

	@Test
	void callWhenZitadelFailsThenNotSentAndThenRecovers() {
		try (ConfigurableApplicationContext context = start(BasicApplication.class)) {
			this.zitadel.discovery().answerAlways(FakeAnswer.text(404, "Instance not found"));
			assertThat(Http.getAs("alice", context, "/web-client").status()).isEqualTo(500);
			assertThat(Http.getAs("bob", context, "/http-service").status()).isEqualTo(500);
			assertThat(this.zitadel.userInfo().requestCount()).isZero();
			this.zitadel.discovery().answerNormally();
			Awaitility.await()
				.untilAsserted(() -> assertThat(Http.getAs("alice", context, "/web-client").status()).isEqualTo(200));
			assertThat(Http.getAs("bob", context, "/http-service").status()).isEqualTo(200);
		}
	}

	@Test
	void callWhenApplicationExchangesJwtsOfItsUsersThenServiceUserStillCalls() {
		try (ConfigurableApplicationContext context = start(JwtExchangingApplication.class)) {
			assertThat(Http.getAs("alice", context, "/web-client").body()).contains(this.zitadel.serviceUser().id());
			assertThat(this.zitadel.tokenRequests()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/web-client", "/http-service", "/argument" })
	void callWhenNobodyHasLoggedInThenTheApplicationsOwnChainRefuses(String path) {
		try (ConfigurableApplicationContext context = start(BasicApplication.class)) {
			Http.Answer answer = Http.get(context, path);
			assertThat(answer.status()).isEqualTo(401);
			assertThat(answer.challenge()).startsWith("Basic");
			assertThat(this.zitadel.tokenEndpoint().requestCount()).isZero();
		}
	}

	private void assertShared(String path) {
		try (ConfigurableApplicationContext context = start(BasicApplication.class)) {
			for (String user : new String[] { "alice", "bob", "alice" }) {
				assertThat(Http.getAs(user, context, path).body()).contains(this.zitadel.serviceUser().id());
			}
			assertThat(this.zitadel.tokenRequests()).hasSize(1);
			for (String user : new String[] { "alice", "bob", "alice" }) {
				assertThat(Http.getAs(user, context, "/billing" + path).body()).contains(this.billing.id());
			}
			assertThat(this.zitadel.tokenRequests()).hasSize(2);
			assertThat(this.zitadel.userInfo().requestCount()).isEqualTo(6);
		}
	}

	private ConfigurableApplicationContext start(Class<?> application) {
		return Applications.start(application, this.zitadel,
				"company.api-url=" + this.zitadel.url() + "/oidc/v1/userinfo",
				"spring.http.serviceclient.users.base-url=" + this.zitadel.url(),
				"zitadel.service-users.billing.key-location=" + this.billing.keyFile());
	}

	@EnableAutoConfiguration
	@Import({ CallController.class, BillingCallController.class, HttpServices.class })
	static class BasicApplication {

		@Bean
		SecurityWebFilterChain chain(ServerHttpSecurity http) {
			return http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

		@Bean
		MapReactiveUserDetailsService users() {
			return new MapReactiveUserDetailsService(
					User.withUsername("alice").password("{noop}password").roles("USER").build(),
					User.withUsername("bob").password("{noop}password").roles("USER").build());
		}

	}

	@Import(BasicApplication.class)
	static class JwtExchangingApplication {

		@Bean
		JwtBearerReactiveOAuth2AuthorizedClientProvider jwtBearerProvider() {
			return new JwtBearerReactiveOAuth2AuthorizedClientProvider();
		}

	}

}
