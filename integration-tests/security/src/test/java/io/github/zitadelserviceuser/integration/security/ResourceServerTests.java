// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.security;

import java.time.Instant;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Applications;
import io.github.zitadelserviceuser.integration.Http;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.JwtBearerOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose users come with JWTs, which it can exchange at a server of its
 * own. It never exchanges them at ZITADEL.
 */
class ResourceServerTests {

	private static final String JWT_OF_THE_USER = "jwt-of-the-user";

	private final FakeZitadel zitadel = FakeZitadel.start();

	private ConfigurableApplicationContext context;

	@BeforeEach
	void start() {
		this.context = Applications.start(ResourceServer.class, this.zitadel,
				"company.api-url=" + this.zitadel.url() + "/oidc/v1/userinfo",
				"spring.http.serviceclient.users.base-url=" + this.zitadel.url());
	}

	@AfterEach
	void stop() {
		this.context.close();
		this.zitadel.close();
	}

	@Test
	void callWhenUserHasAJwtThenItIsNotExchangedAtZitadel() {
		for (String path : new String[] { "/rest-client", "/web-client", "/http-service" }) {
			assertThat(Http.getWith(JWT_OF_THE_USER, this.context, path).body())
				.contains(this.zitadel.serviceUser().id());
		}
		assertThat(Http.getWith(JWT_OF_THE_USER, this.context, "/argument").body()).isEqualTo("alice by zitadel");
		assertThat(this.zitadel.tokenRequests()).hasSize(1);
		assertThat(this.zitadel.tokenEndpoint().requestCount()).isEqualTo(1);
		assertThat(this.zitadel.issuedTokens()).hasSize(1);
	}

	@Test
	void callWhenThereIsNoJwtThenTheApplicationStillRefuses() {
		Http.Answer answer = Http.get(this.context, "/rest-client");
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.challenge()).startsWith("Bearer");
		assertThat(this.zitadel.tokenEndpoint().requestCount()).isZero();
	}

	@EnableAutoConfiguration
	@Import({ CallController.class, HttpServices.class })
	static class ResourceServer {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.oauth2ResourceServer((server) -> server.jwt(Customizer.withDefaults()))
				.build();
		}

		@Bean
		JwtDecoder jwtDecoder() {
			return (token) -> Jwt.withTokenValue(token)
				.header("alg", "none")
				.subject("alice")
				.expiresAt(Instant.now().plusSeconds(60))
				.build();
		}

		@Bean
		JwtBearerOAuth2AuthorizedClientProvider jwtBearerProvider() {
			return new JwtBearerOAuth2AuthorizedClientProvider();
		}

	}

}
