// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;
import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.NoSuchServiceUserException;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What of several service users is injected where: each has its own token and hosts.
 */
class ServiceUserBeansTests extends TwoServiceUsers {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	ServiceUserBeansTests() {
		super(ZITADEL);
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void injectWhenNamedThenThatUsersPartsAndItsTokenAlone() {
		this.runner.withBean(Consumer.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Consumer consumer = context.getBean(Consumer.class);
			assertThat(userInfo(consumer.acme())).contains(ZITADEL.serviceUser().id());
			assertThat(userInfo(consumer.billing())).contains(this.billing.id());
			assertThat(consumer.billingTokens().await()).isNotEqualTo(consumer.tokens().await());
			consumer.billing().get().uri(this.server.url("/")).retrieve().toBodilessEntity();
			consumer.billingWebClient().get().uri(this.server.url("/")).retrieve().toBodilessEntity().block();
			assertThat(this.server.authorizations())
				.containsOnly(List.of("Bearer " + consumer.billingTokens().await().value()));
			assertThatExceptionOfType(HostNotAllowedException.class)
				.isThrownBy(() -> consumer.acme().get().uri(this.server.url("/")).retrieve().toBodilessEntity());
			assertThat(this.server.received()).hasSize(2);
			assertThat(ZITADEL.issuedTokens()).hasSize(2);
		});
	}

	@Test
	void injectWhenThereIsOneWithoutANameThenPlainIsThatOne() {
		this.runner.run((context) -> {
			assertThat(context.getBean(RestClient.class)).isSameAs(context.getBean("serviceUserRestClient"));
			assertThat(context.getBean(TokenSource.class))
				.isSameAs(context.getBean(ServiceUsers.class).get("default").tokenSource());
			Collector collector = context.getAutowireCapableBeanFactory().createBean(Collector.class);
			assertThat(collector.clients()).containsExactly(context.getBean(RestClient.class));
		});
	}

	@Test
	void injectWhenNobodyIsCalledSoThenTheNamesThatThereAreAreTold() {
		this.runner.withBean(Unknown.class).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new ServiceUserInjectionFailureAnalyzer(
					new MockEnvironment().withProperty("zitadel.service-user.key-location", "x")
						.withProperty("zitadel.service-users.billing.key-location", "x"))
				.analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains("'nobody'").contains("[billing, default]");
			assertThat(analysis.getAction()).contains("'zitadel.service-users.nobody.key-location'");
		});
		this.runner.run((context) -> assertThatExceptionOfType(NoSuchServiceUserException.class)
			.isThrownBy(() -> context.getBean(ServiceUsers.class).get("nobody"))
			.withMessageContaining("[billing, default]"));
	}

	@Test
	void injectWhenAllHaveNamesThenThereIsNoneWithoutOne() {
		ApplicationContextRunner named = Contexts.unconfigured()
			.withPropertyValues("zitadel.service-user.issuer-uri=" + ZITADEL.issuer(),
					"zitadel.service-users.billing.key-location=" + this.billing.keyFile());
		named.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(ServiceUsers.class).names()).containsExactly("billing");
			assertThat(userInfo(context.getBean("serviceUserRestClient.billing", RestClient.class)))
				.contains(this.billing.id());
		});
		named.withBean(Unnamed.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoSuchServiceUserException.class)
				.hasMessageContaining("[billing]"));
	}

	@Test
	void injectWhenTheOneWithoutANameIsNamedThenSaysHow() {
		this.runner.withBean(Default.class).run((context) -> {
			FailureAnalysis analysis = new ServiceUserInjectionFailureAnalyzer(new MockEnvironment())
				.analyze(context.getStartupFailure());
			assertThat(analysis.getAction()).isEqualTo("Write @ServiceUser instead.");
		});
	}

	@Test
	void injectWhenApplicationHasOneOfItsOwnForThatUserThenTheirs() {
		this.runner.withUserConfiguration(OwnClient.class)
			.run((context) -> assertThat(
					context.getAutowireCapableBeanFactory().createBean(BillingClient.class).client())
				.isSameAs(context.getBean("own")));
	}

	@Test
	void startWhenABeanIsMeantForAUserThenThatUserHasIt() {
		Contexts.of(ZITADEL)
			.withPropertyValues("zitadel.service-users.billing.project-ids=4711")
			.withUserConfiguration(BillingKey.class)
			.withBean(FakeServiceUser.class, () -> this.billing)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(userInfo(context.getBean(ServiceUsers.class).get("billing").restClient()))
					.contains(this.billing.id());
				assertThat(userInfo(context.getBean("serviceUserRestClient", RestClient.class)))
					.contains(ZITADEL.serviceUser().id());
				assertThat(ZITADEL.tokenRequests().get(0).requestedScopes())
					.contains("urn:zitadel:iam:org:project:id:4711:aud");
			});
	}

	@Test
	void startWhenATestHasPutAnotherTokenSourceInThePlaceOfOneThenNoKeyIsNeeded() {
		TokenSource tokens = new OneToken(new AccessToken("mocked", Instant.now(), Instant.now().plusSeconds(60)));
		this.runner.withPropertyValues("zitadel.service-users.partner.allowed-hosts=" + this.server.authority())
			.withInitializer((context) -> context.addBeanFactoryPostProcessor(
					(beans) -> beans.registerSingleton(ServiceUserBeans.tokenSource("partner"), tokens)))
			.run((context) -> {
				ServiceUserClient partner = context.getBean(ServiceUsers.class).get("partner");
				assertThat(partner.tokenSource()).isSameAs(tokens);
				partner.restClient().get().uri(this.server.url("/")).retrieve().toBodilessEntity();
				assertThat(this.server.authorizations()).containsExactly(List.of("Bearer mocked"));
			});
	}

	record Consumer(@ServiceUser RestClient acme, @ServiceUser("billing") RestClient billing,
			@ServiceUser("billing") WebClient billingWebClient, TokenSource tokens,
			@ServiceUser("billing") TokenSource billingTokens,
			@ServiceUser("billing") ServiceUserExchangeFilterFunction filter,
			@ServiceUser("billing") ServiceUserHttpRequestInterceptor interceptor) {

	}

	record Unknown(@ServiceUser("nobody") RestClient client) {

	}

	record Collector(List<RestClient> clients) {

	}

	record Default(@ServiceUser("default") RestClient client) {

	}

	record BillingClient(@ServiceUser("billing") RestClient client) {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClient {

		@Bean
		@ServiceUser("billing")
		RestClient own() {
			return RestClient.create();
		}

	}

	record OneToken(AccessToken token) implements TokenSource {

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

	record Unnamed(@ServiceUser RestClient client) {

	}

	@Configuration(proxyBeanMethods = false)
	static class BillingKey {

		@Bean
		@ServiceUser("billing")
		KeyReader billingKeyReader(FakeServiceUser billing) {
			return KeyReader.json("x", billing.keyFile().toString(), new DefaultResourceLoader());
		}

	}

}
