// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.List;
import java.util.Objects;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.AuthorizedTokenRequestException;
import io.github.zitadelserviceuser.user.ServiceUsers;
import io.github.zitadelserviceuser.user.TokenRequestClientCustomizer;
import io.github.zitadelserviceuser.user.TokenRequestFactoryBuilderCustomizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beans that change the client for token requests.
 */
class TokenRequestCustomizerTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final ApplicationContextRunner runner = Contexts.of(this.zitadel)
		.withPropertyValues("zitadel.service-users.billing.key-location=" + this.zitadel.serviceUser().keyFile());

	@AfterEach
	void close() {
		this.zitadel.close();
	}

	@Test
	void customizersWhenOneIsQualifiedThenEachIsForItsUser() {
		this.runner.withUserConfiguration(Customizers.class).run((context) -> {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			users.get("default").tokenSource().await();
			users.get("billing").tokenSource().await();
			assertThat(this.zitadel.tokenRequests()).extracting((request) -> request.headers().get("x-who"))
				.containsExactly(List.of("unnamed"), List.of("billing"));
			assertThat(this.zitadel.tokenRequests())
				.extracting((request) -> request.headers().get("user-agent").get(0).startsWith("Java-http-client"))
				.containsExactly(true, false);
			context.getBean(RestClient.class).get().uri("/oidc/v1/userinfo").retrieve().toBodilessEntity();
			assertThat(this.zitadel.userInfo().calls().get(0).headers()).doesNotContainKey("x-who");
		});
	}

	@Test
	void customizerWhenItReturnsAnotherLibraryThenTokenRequestsAreMadeByThat() {
		this.runner.withUserConfiguration(AnotherLibrary.class).run((context) -> {
			context.getBean(TokenSource.class).await();
			assertThat(this.zitadel.tokenRequests()).hasSize(1)
				.allSatisfy((request) -> assertThat(request.headers().get("user-agent").get(0))
					.startsWith("Apache-HttpClient"));
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { NeedsTheInterceptor.class, NeedsTheTokenSource.class, FactoryNeedsTheClient.class })
	void startWhenACustomizerNeedsTheUserThenIsExplained(Class<?> configuration) {
		this.runner.withUserConfiguration(configuration).run((context) -> {
			assertThat(context).hasFailed();
			var analysis = new AuthorizedTokenRequestFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(Objects.requireNonNull(analysis).getDescription()).isEqualTo(
					"The token requests of the ZITADEL service user cannot be made with the token that they are to "
							+ "obtain: the bean 'customizer', which customizes their client, needs that service user.");
			assertThat(analysis.getAction()).contains("'zitadel.service-user.headers'");
		});
	}

	@Test
	void startWhenACustomizerNeedsAnotherUserThenIsNoCycle() {
		this.runner.withUserConfiguration(NeedsAnother.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(TokenSource.class).await()).isNotNull();
		});
	}

	@Test
	void startWhenACustomizerIsInACycleOfItsOwnThenThatIsTold() {
		this.runner.withUserConfiguration(CycleOfItsOwn.class).run((context) -> {
			assertThat(context).hasFailed();
			assertThat(context.getStartupFailure()).hasRootCauseInstanceOf(BeanCurrentlyInCreationException.class);
			for (Throwable ex = context.getStartupFailure(); ex != null; ex = ex.getCause()) {
				assertThat(ex).isNotInstanceOf(AuthorizedTokenRequestException.class);
			}
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		TokenRequestClientCustomizer unnamed() {
			return (builder) -> builder.defaultHeader("x-who", "unnamed");
		}

		@Bean
		@ServiceUser("billing")
		TokenRequestClientCustomizer billing() {
			return (builder) -> builder.defaultHeader("x-who", "billing");
		}

		@Bean
		@ServiceUser("billing")
		TokenRequestFactoryBuilderCustomizer billingLibrary() {
			return (builder) -> {
				assertThat(builder.build()).isInstanceOf(JdkClientHttpRequestFactory.class);
				return ClientHttpRequestFactoryBuilder.httpComponents();
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AnotherLibrary {

		@Bean
		TokenRequestFactoryBuilderCustomizer httpComponentsForTokenRequests() {
			return (builder) -> ClientHttpRequestFactoryBuilder.httpComponents();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsTheInterceptor {

		@Bean
		TokenRequestClientCustomizer customizer(@ServiceUser ServiceUserHttpRequestInterceptor interceptor) {
			return (builder) -> builder.requestInterceptor(interceptor);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsTheTokenSource {

		@Bean
		TokenRequestClientCustomizer customizer(TokenSource tokens) {
			return (builder) -> builder.defaultHeader("x", tokens.await().value());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FactoryNeedsTheClient {

		@Bean
		TokenRequestFactoryBuilderCustomizer customizer(RestClient client) {
			return (builder) -> {
				assertThat(client).isNotNull();
				return builder;
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsAnother {

		@Bean
		TokenRequestClientCustomizer customizer(@ServiceUser("billing") TokenSource tokens) {
			return (builder) -> builder.defaultRequest((request) -> request.header("x-of", tokens.await().value()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CycleOfItsOwn {

		@Bean
		TokenRequestClientCustomizer customizer(StringBuilder one) {
			return (builder) -> builder.defaultHeader("x", one.toString());
		}

		@Bean
		StringBuilder one(StringBuffer two) {
			return new StringBuilder(two);
		}

		@Bean
		StringBuffer two(StringBuilder one) {
			return new StringBuffer(one);
		}

	}

}
