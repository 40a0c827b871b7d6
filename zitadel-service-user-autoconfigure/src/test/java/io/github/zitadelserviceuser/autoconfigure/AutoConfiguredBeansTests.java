// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.ServiceUserClientHttpRequestFactory;
import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;
import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.security.ReactiveServiceUserAuthorizedClientProvider;
import io.github.zitadelserviceuser.security.ServiceUserAuthorizedClientProvider;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenListener;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.security.oauth2.client.ClientCredentialsOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.ClientCredentialsReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProviderBuilder;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

class AutoConfiguredBeansTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void startThenHasTheBeansThatAreDocumented() {
		Contexts.of(ZITADEL)
			.run((context) -> assertThat(context).hasSingleBean(TokenSource.class)
				.hasSingleBean(WebClient.class)
				.hasSingleBean(RestClient.class)
				.hasSingleBean(ServiceUserExchangeFilterFunction.class)
				.hasSingleBean(ServiceUserClientHttpRequestFactory.class)
				.hasSingleBean(ServiceUserHttpRequestInterceptor.class)
				.hasSingleBean(ServiceUserAuthorizedClientProvider.class)
				.hasSingleBean(ReactiveServiceUserAuthorizedClientProvider.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "zitadel.service-user.enabled=false", "zitadel.service-user.enabled=FALSE" })
	void startWhenSwitchedOffThenHasNoneAndNeedsNoProperty(String property) {
		Contexts.unconfigured()
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(TokenSource.class)
				.doesNotHaveBean(TokenGrant.class)
				.doesNotHaveBean(AllowedHosts.class)
				.doesNotHaveBean(WebClient.class)
				.doesNotHaveBean(RestClient.class)
				.doesNotHaveBean(ExchangeFilterFunction.class)
				.doesNotHaveBean(ClientHttpRequestInterceptor.class)
				.doesNotHaveBean(OAuth2AuthorizedClientProvider.class)
				.doesNotHaveBean(ReactiveOAuth2AuthorizedClientProvider.class)
				.doesNotHaveBean("serviceUserRegistrationBeanPostProcessor")
				.doesNotHaveBean(ZitadelServiceUserProperties.class));
	}

	@Test
	void startWhenApplicationHasBeansOfItsOwnThenTheseAreUsed() {
		Contexts.of(ZITADEL).withUserConfiguration(OwnBeans.class).run((context) -> {
			assertThat(context).hasNotFailed()
				.hasSingleBean(ServiceUserExchangeFilterFunction.class)
				.hasSingleBean(ServiceUserHttpRequestInterceptor.class)
				.hasSingleBean(OAuth2AuthorizedClientProvider.class)
				.hasSingleBean(ReactiveOAuth2AuthorizedClientProvider.class)
				.hasBean("ownProvider")
				.hasBean("ownReactiveProvider");
			assertThat(context.getBean(ServiceUserExchangeFilterFunction.class))
				.isSameAs(context.getBean(OwnBeans.class).filter);
			assertThat(context.getBean(TokenSource.class)).isSameAs(context.getBean("ownTokenSource"));
			assertThat(context.getBean(AllowedHosts.class)).isSameAs(context.getBean("ownAllowedHosts"));
			assertThat(context.getBean(AuthorizationServer.class)).isSameAs(context.getBean("ownServer"));
			ServiceUserClient user = context.getBean(ServiceUsers.class).get("default");
			assertThat(user.tokenSource()).isSameAs(context.getBean("ownTokenSource"));
			assertThat(user.allowedHosts()).isSameAs(context.getBean("ownAllowedHosts"));
			assertThat(user.authorizationServer()).isSameAs(context.getBean("ownServer"));
		});
	}

	@Test
	void startWhenTokenSourceIsForSomethingElseThenOursIsThereToo() {
		Contexts.of(ZITADEL)
			.withBean("other", TokenSource.class, AutoConfiguredBeansTests::tokenSource)
			.run((context) -> {
				assertThat(context.getBean(TokenSource.class)).isSameAs(context.getBean("other"));
				assertThat(context.getBean(ServiceUsers.class).get("default").tokenSource().await().value())
					.isNotEqualTo("own");
			});
	}

	@Test
	void startWhenApplicationCollectsFiltersAndInterceptorsThenOursAreNotAmongThem() {
		Contexts.of(ZITADEL).withUserConfiguration(Collector.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Collector collector = context.getBean(Collector.class);
			assertThat(collector.filters).containsExactly(context.getBean("ownFilter", ExchangeFilterFunction.class));
			assertThat(collector.filter).isSameAs(context.getBean("ownFilter"));
			assertThat(collector.interceptors)
				.containsExactly(context.getBean("ownInterceptor", ClientHttpRequestInterceptor.class));
			assertThat(collector.interceptor).isSameAs(context.getBean("ownInterceptor"));
			assertThat(collector.requestFactory).isSameAs(context.getBean("ownRequestFactory"));
			assertThat(collector.serviceUserFilter).isSameAs(context.getBean(ServiceUserExchangeFilterFunction.class));
			assertThat(collector.serviceUserInterceptor)
				.isSameAs(context.getBean(ServiceUserHttpRequestInterceptor.class));
		});
	}

	@Test
	void startWhenListenerNeedsTheTokensThenIsToldOfThem() {
		Contexts.of(ZITADEL).withUserConfiguration(TokenCounter.class).run((context) -> {
			assertThat(context).hasNotFailed();
			TokenCounter counter = context.getBean(TokenCounter.class);
			assertThat(counter.tokenSource.await()).isNotNull();
			Awaitility.await().untilAsserted(() -> assertThat(counter.obtained).hasValue(1));
		});
	}

	@Test
	void startWhenApplicationHasItsOwnGrantThenNeedsNoKey() {
		Contexts.unconfigured()
			.withPropertyValues("zitadel.service-user.issuer-uri=https://zitadel.example.com")
			.withBean(TokenGrant.class, () -> AutoConfiguredBeansTests::response)
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(TokenGrant.class).doesNotHaveBean(KeyReader.class);
				assertThat(context.getBean(TokenSource.class).await().value()).isEqualTo("own");
			});
	}

	@Test
	void startWhenApplicationHasItsOwnTokenSourceThenNeedsNoKey() {
		Contexts.unconfigured()
			.withPropertyValues("zitadel.service-user.issuer-uri=https://zitadel.example.com")
			.withBean("own", TokenSource.class, AutoConfiguredBeansTests::tokenSource, Contexts.qualified())
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(TokenGrant.class).hasSingleBean(WebClient.class);
				assertThat(context.getBean(ServiceUsers.class).get("default").tokenSource())
					.isSameAs(context.getBean("own"))
					.isSameAs(context.getBean(TokenSource.class));
			});
	}

	@Test
	void startWhenApplicationHasItsOwnKeyReaderThenNeedsNoKeyLocation() {
		KeyReader reader = KeyReader.json("x", ZITADEL.serviceUser().key().keyFile().toString(),
				new DefaultResourceLoader());
		Contexts.unconfigured()
			.withPropertyValues("zitadel.service-user.issuer-uri=" + ZITADEL.issuer())
			.withBean(KeyReader.class, () -> reader)
			.run((context) -> assertThat(context.getBean(TokenSource.class).await().value()).isNotEmpty());
	}

	@Test
	void startWhenApplicationHasAProviderOfOneGrantTypeThenOursIsAdded() {
		Contexts.of(ZITADEL)
			.withBean(ClientCredentialsOAuth2AuthorizedClientProvider.class,
					ClientCredentialsOAuth2AuthorizedClientProvider::new)
			.withBean(ClientCredentialsReactiveOAuth2AuthorizedClientProvider.class,
					ClientCredentialsReactiveOAuth2AuthorizedClientProvider::new)
			.run((context) -> {
				assertThat(context.getBeansOfType(OAuth2AuthorizedClientProvider.class)).hasSize(2);
				assertThat(context.getBeansOfType(ReactiveOAuth2AuthorizedClientProvider.class)).hasSize(2);
				assertThat(context.getBean(OAuth2AuthorizedClientProvider.class))
					.isInstanceOf(ClientCredentialsOAuth2AuthorizedClientProvider.class);
				assertThat(context.getBean(ReactiveOAuth2AuthorizedClientProvider.class))
					.isInstanceOf(ClientCredentialsReactiveOAuth2AuthorizedClientProvider.class);
			});
	}

	@Test
	void startWhenThereIsNoWebFluxThenTheRestIsThere() {
		Contexts.of(ZITADEL)
			.withClassLoader(new FilteredClassLoader("org.springframework.web.reactive", "reactor."))
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.doesNotHaveBean("serviceUserWebClient")
					.doesNotHaveBean("serviceUserExchangeFilterFunction")
					.doesNotHaveBean("reactiveServiceUserAuthorizedClientProvider")
					.hasSingleBean(ServiceUserAuthorizedClientProvider.class)
					.hasSingleBean(RestClient.class);
				assertThat(context.getBean(TokenSource.class).await().value()).isNotEmpty();
			});
	}

	@Test
	void startWhenThereIsNoRestClientModuleThenTheRestIsThere() {
		Contexts.withBoots(WebClientAutoConfiguration.class)
			.withPropertyValues(Contexts.properties(ZITADEL))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.restclient"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("serviceUserRestClient")
				.doesNotHaveBean("serviceUserHttpRequestInterceptor")
				.hasSingleBean(WebClient.class)
				.hasSingleBean(ServiceUserAuthorizedClientProvider.class));
	}

	@Test
	void startWhenThereIsNoSpringSecurityThenTheRestIsThere() {
		Contexts.of(ZITADEL)
			.withClassLoader(
					new FilteredClassLoader("org.springframework.security", "org.springframework.boot.security"))
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.doesNotHaveBean("serviceUserAuthorizedClientProvider")
					.doesNotHaveBean("reactiveServiceUserAuthorizedClientProvider")
					.hasSingleBean(WebClient.class)
					.hasSingleBean(RestClient.class);
				assertThat(context.getBean(TokenSource.class).await().value()).isNotEmpty();
			});
	}

	private static TokenResponse response() {
		return new TokenResponse("own", Duration.ofHours(1));
	}

	private static RefreshingTokenSource tokenSource() {
		return RefreshingTokenSource.builder(AutoConfiguredBeansTests::response).build();
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBeans {

		@Bean
		@ServiceUser
		TokenSource ownTokenSource() {
			return tokenSource();
		}

		@Bean
		AllowedHosts ownAllowedHosts() {
			return new AllowedHosts("own", Set.of(), List.of("*.example.com"), true);
		}

		@Bean
		AuthorizationServer ownServer() {
			return new AuthorizationServer("own", URI.create("https://own.example.com"),
					URI.create("https://own.example.com"));
		}

		private @Nullable ServiceUserExchangeFilterFunction filter;

		@Bean
		@ServiceUser
		ServiceUserExchangeFilterFunction serviceUserExchangeFilterFunction(TokenSource tokenSource,
				AllowedHosts hosts) {
			this.filter = new ServiceUserExchangeFilterFunction(tokenSource, hosts, null);
			return this.filter;
		}

		@Bean
		@ServiceUser
		ServiceUserHttpRequestInterceptor serviceUserHttpRequestInterceptor(TokenSource tokenSource,
				AllowedHosts hosts) {
			return new ServiceUserHttpRequestInterceptor(tokenSource, hosts, null);
		}

		@Bean
		OAuth2AuthorizedClientProvider ownProvider() {
			return OAuth2AuthorizedClientProviderBuilder.builder().clientCredentials().build();
		}

		@Bean
		ReactiveOAuth2AuthorizedClientProvider ownReactiveProvider() {
			return ReactiveOAuth2AuthorizedClientProviderBuilder.builder().clientCredentials().build();
		}

	}

	/**
	 * Has others of the kinds of our filter and interceptor, and puts all that it finds
	 * on a client of its own.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Collector {

		@Autowired
		private List<ExchangeFilterFunction> filters;

		@Autowired
		private ExchangeFilterFunction filter;

		@Autowired
		private List<ClientHttpRequestInterceptor> interceptors;

		@Autowired
		private ClientHttpRequestInterceptor interceptor;

		@Autowired
		private ClientHttpRequestFactory requestFactory;

		@Autowired
		@ServiceUser
		private ServiceUserExchangeFilterFunction serviceUserFilter;

		@Autowired
		@ServiceUser
		private ServiceUserHttpRequestInterceptor serviceUserInterceptor;

		@Bean
		static ExchangeFilterFunction ownFilter() {
			return (request, next) -> next.exchange(request);
		}

		@Bean
		static ClientHttpRequestInterceptor ownInterceptor() {
			return (request, body, execution) -> execution.execute(request, body);
		}

		@Bean
		static ClientHttpRequestFactory ownRequestFactory() {
			return new SimpleClientHttpRequestFactory();
		}

	}

	static class TokenCounter implements TokenListener {

		private final AtomicInteger obtained = new AtomicInteger();

		private final TokenSource tokenSource;

		TokenCounter(TokenSource tokenSource, @ServiceUser WebClient webClient) {
			this.tokenSource = tokenSource;
		}

		@Override
		public void onObtained(AccessToken token) {
			this.obtained.incrementAndGet();
		}

	}

}
