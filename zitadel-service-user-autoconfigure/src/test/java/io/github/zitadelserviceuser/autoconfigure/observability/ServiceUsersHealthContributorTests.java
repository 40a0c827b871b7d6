// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.autoconfigure.Contexts;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.key.KeyListener;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenListener;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceUsersHealthContributorTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private final ApplicationContextRunner runner = Contexts.of(ZITADEL)
		.withConfiguration(AutoConfigurations.of(ZitadelServiceUserHealthContributorAutoConfiguration.class));

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void healthThenFollowsTheTokenAndCausesNoRequest() {
		this.runner.run((context) -> {
			assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(ZITADEL.discovery().requestCount()).isZero();
			context.getBean(TokenSource.class).await();
			assertThat(health(context).getStatus()).isEqualTo(Status.UP);
			assertThat(ZITADEL.tokenEndpoint().requestCount()).isEqualTo(1);
		});
	}

	@Test
	void healthWhenThereIsAKeyThenHasItsDetails() {
		FakeServiceUserKey key = ZITADEL.serviceUser().key();
		this.runner.run((context) -> assertThat(health(context).getDetails()).extractingByKey("key")
			.asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("id", key.keyId())
			.doesNotContainKey("problem"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.health.service-user.enabled=false", "management.health.defaults.enabled=false",
			"zitadel.service-user.enabled=false" })
	void startWhenSwitchedOffThenHasNoIndicator(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthContributor.class));
	}

	@Test
	void startWhenTokensAreTheApplicationsOwnThenHasNoIndicator() {
		this.runner
			.withBean(TokenSource.class, ServiceUsersHealthContributorTests::ownTokenSource, Contexts.qualified())
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(CompositeHealthContributor.class)).isEmpty();
			});
	}

	@Test
	void healthWhenThereAreSeveralUsersThenHasAComponentForEach() {
		FakeServiceUser billing = ZITADEL.createServiceUser("billing");
		this.runner.withPropertyValues("zitadel.service-users.billing.key-location=" + billing.keyFile())
			.run((context) -> {
				CompositeHealthContributor health = context.getBean(CompositeHealthContributor.class);
				assertThat(health).extracting(HealthContributors.Entry::name)
					.containsExactlyInAnyOrder("default", "billing");
				billing.deactivate();
				ServiceUsers users = context.getBean(ServiceUsers.class);
				users.get("default").tokenSource().await();
				assertThat(users.get("billing").tokenSource().get()).failsWithin(Duration.ofSeconds(10));
				assertThat(health(context, "default").getStatus()).isEqualTo(Status.UP);
				assertThat(health(context, "billing").getStatus()).isEqualTo(Status.DOWN);
				ServiceUserClient tenant = users.create("tenant",
						(user) -> user.keyLocation(billing.keyFile().toString()));
				assertThat(health.getContributor("tenant")).isNotNull();
				tenant.close();
				assertThat(health.getContributor("tenant")).isNull();
			});
	}

	// As a mock of a test does it: the definition is replaced when all conditions have
	// been
	// asked.
	@Test
	void startWhenTokenSourceIsReplacedThenThereIsNothingToWatch() {
		this.runner.withInitializer((context) -> context.addBeanFactoryPostProcessor((factory) -> {
			BeanDefinitionRegistry registry = (BeanDefinitionRegistry) factory;
			registry.removeBeanDefinition("zitadelServiceUserTokenSource");
			registry.registerBeanDefinition("zitadelServiceUserTokenSource",
					new RootBeanDefinition(TokenSource.class, ServiceUsersHealthContributorTests::replacement));
		})).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(TokenSource.class).await().value()).isEqualTo("own");
			assertThat(context.getBean(CompositeHealthContributor.class)).isEmpty();
		});
	}

	@Test
	void startWhenApplicationHasAnIndicatorOfItsOwnThenThatIsUsed() {
		HealthIndicator own = () -> Health.outOfService().build();
		this.runner.withBean("serviceUserHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context).getBean(HealthIndicator.class).isSameAs(own));
	}

	@Test
	void startWhenThereIsNoHealthModuleThenTheRestIsThere() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.health")).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean("serviceUserHealthContributor");
			assertThat(context.getBean(TokenSource.class).await()).isNotNull();
		});
	}

	@Test
	void startThenLogsAreNoCandidatesForOthers() {
		this.runner.run((context) -> {
			assertThat(context).doesNotHaveBean(TokenListener.class).doesNotHaveBean(KeyListener.class);
			Collector collector = context.getAutowireCapableBeanFactory().createBean(Collector.class);
			assertThat(collector.tokenListeners().stream()).isEmpty();
			assertThat(collector.keyListeners().stream()).isEmpty();
		});
	}

	private static Health health(ApplicationContext context) {
		return health(context, "default");
	}

	private static Health health(ApplicationContext context, String user) {
		HealthContributor contributor = context.getBean(CompositeHealthContributor.class).getContributor(user);
		assertThat(contributor).isInstanceOf(HealthIndicator.class);
		return ((HealthIndicator) contributor).health();
	}

	private static TokenSource ownTokenSource() {
		return RefreshingTokenSource.builder(() -> new TokenResponse("own", null)).build();
	}

	private static TokenSource replacement() {
		AccessToken token = new AccessToken("own", Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
		return new TokenSource() {

			@Override
			public CompletableFuture<AccessToken> get() {
				return CompletableFuture.completedFuture(token);
			}

			@Override
			public AccessToken await() {
				return token;
			}

			@Override
			public CompletableFuture<AccessToken> reject(AccessToken rejected) {
				return get();
			}

		};
	}

	/**
	 * Somebody who wants all listeners of the application.
	 *
	 * @param tokenListeners the listeners to the token
	 * @param keyListeners the listeners to the key
	 */
	record Collector(ObjectProvider<TokenListener> tokenListeners, ObjectProvider<KeyListener> keyListeners) {

	}

}
