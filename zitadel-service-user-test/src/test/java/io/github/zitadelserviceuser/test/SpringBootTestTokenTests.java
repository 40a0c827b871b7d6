// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.aot.TestContextAotGenerator;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A whole application with a fixed token.
 */
@SpringBootTest(classes = SpringBootTestTokenTests.Application.class)
@AutoConfigureServiceUserToken
class SpringBootTestTokenTests {

	@Autowired
	TokenSource tokenSource;

	@Autowired
	@ServiceUser
	RestClient restClient;

	@Autowired
	AllowedHosts allowedHosts;

	@Autowired
	ObjectProvider<KeyReader> keyReader;

	@Test
	void tokenSourceWhenAskedThenHasTheTokenAndNoOther() {
		AccessToken token = this.tokenSource.await();
		assertThat(token.value()).isEqualTo("test-token");
		assertThat(this.tokenSource.get()).isCompletedWithValue(token);
		assertThat(this.tokenSource.reject(token)).isCompletedWithValue(token);
		assertThat(this.keyReader.getIfAvailable()).isNull();
	}

	@Test
	void restClientWhenHostIsNotAllowedThenRefusesAsEver() {
		assertThatExceptionOfType(HostNotAllowedException.class)
			.isThrownBy(() -> this.restClient.get().uri("https://api.example.com/").retrieve().toBodilessEntity())
			.withMessageContaining("https://zitadel.test");
		this.allowedHosts.check(URI.create("https://zitadel.test/oidc/v1/userinfo"));
	}

	@Test
	void aheadOfTimeWhenProcessedThenWhatMakesTheTokensIsInTheCode() {
		InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
		new TestContextAotGenerator(files).processAheadOfTime(Stream.of(WithATokenSource.class));
		assertThat(files.getGeneratedFiles(Kind.SOURCE).keySet())
			.anyMatch((name) -> name.contains("ServiceUserTokenAutoConfiguration__TestContext"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/**
	 * A user whose tokens are the application's own business.
	 */
	@Nested
	@SpringBootTest(classes = WithATokenSource.Application.class, properties = {
			"zitadel.service-users.billing.project-ids=1", "zitadel.service-users.partner.project-ids=1" })
	class WithATokenSource {

		@Test
		void tokenSourceWhenTheApplicationHasOneForAUserThenIsThatOne(@Autowired @ServiceUser TokenSource unnamed,
				@Autowired @ServiceUser("billing") TokenSource billing, @Autowired ServiceUsers users) {
			assertThat(unnamed.await().value()).isEqualTo("test-token");
			assertThat(billing.await().value()).isEqualTo("own");
			assertThat(users.get("billing").tokenSource()).isSameAs(billing);
			assertThat(users.get("partner").tokenSource().await().value()).isEqualTo("test-token-partner");
		}

		@Configuration(proxyBeanMethods = false)
		@EnableAutoConfiguration
		static class Application {

			@Bean
			@ServiceUser("billing")
			TokenSource billingTokenSource() {
				return new OwnTokens(new AccessToken("own", Instant.now(), Instant.now().plusSeconds(60)));
			}

		}

		record OwnTokens(AccessToken token) implements TokenSource {

			@Override
			public CompletableFuture<AccessToken> get() {
				return CompletableFuture.completedFuture(this.token);
			}

			@Override
			public AccessToken await() {
				return this.token;
			}

			@Override
			public CompletableFuture<AccessToken> reject(AccessToken token) {
				return get();
			}

		}

	}

}
