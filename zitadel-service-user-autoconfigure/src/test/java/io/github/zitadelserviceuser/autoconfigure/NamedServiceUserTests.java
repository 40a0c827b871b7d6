// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;
import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.IssuedToken;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.InvalidServiceUserNameException;
import io.github.zitadelserviceuser.user.MissingPropertyException;
import io.github.zitadelserviceuser.user.NoSuchServiceUserException;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUserCustomizer;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Several service users in one application: each has its own token and hosts.
 */
class NamedServiceUserTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private final OpenServer server = new OpenServer();

	private FakeServiceUser billing;

	private ApplicationContextRunner runner;

	@BeforeEach
	void configure() {
		ZITADEL.reset();
		this.billing = ZITADEL.createServiceUser("billing");
		this.runner = Contexts.of(ZITADEL)
			.withPropertyValues("zitadel.service-users.billing.key-location=" + this.billing.keyFile(),
					"zitadel.service-users.billing.allowed-hosts=" + this.server.authority());
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void startWhenNobodyHasAnIssuerThenSaysThatOneDoesForAll() {
		Contexts.unconfigured()
			.withPropertyValues("zitadel.service-users.billing.key-location=" + ZITADEL.serviceUser().keyFile())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'zitadel.service-users.billing.issuer-uri' is not set")
				.hasMessageEndingWith("where all are of one instance, set 'zitadel.service-user.issuer-uri' instead"));
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
	void startWhenAKeyOfOneIsMissingThenNamesItsProperty() {
		this.runner.withPropertyValues("zitadel.service-users.partner.project-ids=1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(MissingPropertyException.class)
				.hasMessageContaining("zitadel.service-users.partner.key-location"));
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

	@Test
	void startWhenANameCannotBeOneThenRefused() {
		this.runner.withPropertyValues("zitadel.service-users[Not_So].key-location=" + this.billing.keyFile())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidServiceUserNameException.class)
				.hasMessageContaining("'Not_So'"));
	}

	@Test
	void startWhenNamedAsTheOneWithoutANameThenRefused() {
		this.runner.withPropertyValues("zitadel.service-users.default.key-location=" + this.billing.keyFile())
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidServiceUserNameException.class)
				.hasMessageContainingAll("'default'", "'zitadel.service-user'"));
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
	void startWhenSwitchedOffThenThereIsNoSuchUser() {
		this.runner.withPropertyValues("zitadel.service-users.billing.enabled=false").run((context) -> {
			assertThat(context.getBean(ServiceUsers.class).names()).containsExactly("default");
			assertThat(context).doesNotHaveBean("serviceUserRestClient.billing");
		});
	}

	@Test
	void createWhenRunningThenThereUntilItIsClosed() {
		this.runner.run((context) -> {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			FakeServiceUser fake = ZITADEL.createServiceUser("tenant");
			for (int round = 0; round < 3; round++) {
				ServiceUserClient tenant = users.create("tenant-4711",
						(user) -> user.keyLocation(fake.keyFile().toString()).allowedHosts(this.server.authority()));
				assertThat(userInfo(tenant.restClient())).contains(fake.id());
				assertThat(users.get("tenant-4711")).isSameAs(tenant);
				assertThat(users).extracting(ServiceUserClient::name)
					.containsExactlyInAnyOrder("default", "billing", "tenant-4711");
				assertThatIllegalStateException().isThrownBy(() -> users.create("tenant-4711", (user) -> {
				}));
				assertThatIllegalStateException().isThrownBy(() -> users.create("billing", (user) -> {
				}));
				tenant.close();
				assertThat(users.names()).containsExactly("billing", "default");
				assertThatExceptionOfType(NoSuchServiceUserException.class).isThrownBy(() -> users.get("tenant-4711"));
			}
		});
	}

	@Test
	void createWhenItIsCalledOtherwiseMeanwhileThenItKeepsItsName() {
		this.runner.run((context) -> {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			ServiceUserClient tenant = users.create("tenant",
					(user) -> user.name("billing").keyLocation(this.billing.keyFile().toString()));
			assertThat(tenant.name()).isEqualTo("tenant");
			assertThat(users.names()).containsExactly("billing", "default", "tenant");
		});
	}

	@Test
	void createWhenItFailsThenTheNameIsFree() {
		this.runner.run((context) -> {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			assertThatExceptionOfType(MissingPropertyException.class)
				.isThrownBy(() -> users.create("tenant", (user) -> {
				}));
			users.create("tenant", (user) -> user.keyLocation(this.billing.keyFile().toString())).close();
		});
	}

	@Test
	void createWhenClosedBeforeItIsWholeThenTheNameIsFree() {
		this.runner.withBean(ServiceUserCustomizer.class, () -> (name, user) -> user.onBuild((client) -> {
			if (name.equals("tenant")) {
				client.close();
			}
		})).run((context) -> {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			for (int round = 0; round < 2; round++) {
				users.create("tenant", (user) -> user.keyLocation(this.billing.keyFile().toString()));
				assertThat(users.names()).containsExactly("billing", "default");
			}
		});
	}

	@Test
	void createWhenSomebodyElseIsAtTheSameNameThenOneIsRefused() throws Exception {
		this.runner.run((context) -> {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			users.create("tenant", (user) -> {
				assertThatIllegalStateException().isThrownBy(
						() -> users.create("tenant", (other) -> other.keyLocation(this.billing.keyFile().toString())));
				assertThatExceptionOfType(NoSuchServiceUserException.class).isThrownBy(() -> users.get("tenant"));
				assertThat(users.names()).containsExactly("billing", "default");
				user.keyLocation(this.billing.keyFile().toString());
			});
			assertThat(users.get("tenant").tokenSource().await()).isNotNull();
		});
	}

	@Test
	void createWhenApplicationIsClosedThenRefused() {
		ServiceUsers[] users = new ServiceUsers[1];
		this.runner.run((context) -> users[0] = context.getBean(ServiceUsers.class));
		assertThatIllegalStateException()
			.isThrownBy(() -> users[0].create("tenant", (user) -> user.keyLocation(this.billing.keyFile().toString())))
			.withMessageContaining("closing");
	}

	@Test
	void createWhenABeanIsInitializedThenThereFromThenOn() {
		this.runner.withBean(AtStart.class)
			.run((context) -> assertThat(context.getBean(ServiceUsers.class).names()).contains("at-start"));
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
	void startWhenDescribedByVariablesOfTheEnvironmentThenThatUser() {
		Contexts.of(ZITADEL)
			.withInitializer((context) -> environment(context,
					Map.of("ZITADEL_SERVICEUSERS_BILLING_KEYLOCATION", this.billing.keyFile().toString(),
							"ZITADEL_SERVICEUSERS_BILLING_ALLOWEDHOSTS_0", this.server.authority())))
			.withBean(Consumer.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(ServiceUsers.class).names()).containsExactly("billing", "default");
				context.getBean(Consumer.class).billing().get().uri(this.server.url("/")).retrieve().toBodilessEntity();
				assertThat(ZITADEL.issuedTokens()).extracting(IssuedToken::userId).containsExactly(this.billing.id());
			});
	}

	@Test
	void startWhenAVariableOfTheEnvironmentLeavesOutAHyphenThenItMeansTheSameUser() {
		Contexts.of(ZITADEL)
			.withPropertyValues("zitadel.service-users.my-billing.project-ids=4711")
			.withInitializer((context) -> environment(context,
					Map.of("ZITADEL_SERVICEUSERS_MYBILLING_KEYLOCATION", this.billing.keyFile().toString())))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(ServiceUsers.class).names()).containsExactly("default", "my-billing");
			});
	}

	@Test
	void startWhenALocationIsAPlaceholderThenResolved() {
		Contexts.of(ZITADEL)
			.withPropertyValues("secrets=" + this.billing.keyFile().getParent(),
					"zitadel.service-users.billing.key-location=${secrets}/" + this.billing.keyFile().getFileName())
			.run((context) -> assertThat(userInfo(context.getBean("serviceUserRestClient.billing", RestClient.class)))
				.contains(this.billing.id()));
	}

	@Test
	void startWhenBeansAreLazyThenAMistakeStopsItAllTheSame() {
		ApplicationContextRunner lazy = this.runner.withInitializer(
				(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()));
		lazy.run((context) -> assertThat(userInfo(context.getBean("serviceUserRestClient.billing", RestClient.class)))
			.contains(this.billing.id()));
		lazy.withPropertyValues("zitadel.service-users.partner.key-location=/no/such/file")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("zitadel.service-users.partner.key-location"));
	}

	@Test
	void startWhenItFailsLaterThenWhatWasBuiltIsClosed() {
		List<ServiceUserClient> built = new ArrayList<>();
		this.runner.withBean(ServiceUserCustomizer.class, () -> (name, user) -> user.onBuild(built::add))
			.withInitializer((context) -> context.addApplicationListener((event) -> {
				throw new IllegalStateException("later");
			}))
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(built).hasSize(2)
					.allSatisfy((user) -> assertThat(user.tokenSource().get()).isCompletedExceptionally());
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
	void closeThenEveryUserIsClosed() {
		TokenSource[] sources = new TokenSource[2];
		this.runner.run((context) -> {
			ServiceUsers users = context.getBean(ServiceUsers.class);
			sources[0] = users.get("billing").tokenSource();
			sources[1] = users.create("tenant", (user) -> user.keyLocation(this.billing.keyFile().toString()))
				.tokenSource();
		});
		for (TokenSource source : sources) {
			assertThat(source.get()).isCompletedExceptionally();
		}
		assertThat(ZITADEL.issuedTokens()).isEmpty();
	}

	private static String userInfo(RestClient client) {
		return client.get().uri(ZITADEL.issuer() + "/oidc/v1/userinfo").retrieve().body(String.class);
	}

	private static void environment(ConfigurableApplicationContext context, Map<String, Object> variables) {
		context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(
					"test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
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

	record AtStart(ServiceUsers users) implements InitializingBean {

		@Override
		public void afterPropertiesSet() {
			this.users.create("at-start", (user) -> user.keyLocation(ZITADEL.serviceUser().keyFile().toString()));
		}

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
