// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.autoconfigure.Contexts;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserAutoConfiguration;
import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.health.ServiceUserHealthIndicator;
import io.github.zitadelserviceuser.key.KeyListener;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenListener;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.github.zitadelserviceuser.token.TokenSource;
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
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

class HealthContributorTests {

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
		LastGoodKey lastGoodKey = new LastGoodKey(
				KeyReader.json("x", key.keyFile().toString(), new DefaultResourceLoader()), List.of());
		lastGoodKey.read();
		this.runner.withBean(LastGoodKey.class, () -> lastGoodKey)
			.run((context) -> assertThat(health(context).getDetails()).extractingByKey("key")
				.asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsEntry("id", key.keyId())
				.doesNotContainKey("problem"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.health.service-user.enabled=false", "management.health.defaults.enabled=false",
			"zitadel.service-user.enabled=false" })
	void startWhenSwitchedOffThenHasNoIndicator(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void startWhenTokensAreTheApplicationsOwnThenHasNoIndicator() {
		this.runner.withBean(TokenSource.class, HealthContributorTests::ownTokenSource)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(HealthIndicator.class)
				.doesNotHaveBean("zitadelServiceUserTokenLog"));
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
			assertThat(context).hasBean("zitadelServiceUserTokenLog").hasBean("zitadelServiceUserKeyLog");
			Collector collector = context.getAutowireCapableBeanFactory().createBean(Collector.class);
			assertThat(collector.tokenListeners().stream()).isEmpty();
			assertThat(collector.keyListeners().stream()).isEmpty();
		});
	}

	// As a mock of a test does it: the definition is replaced when all conditions have
	// been
	// asked.
	@Test
	void healthWhenOursIsReplacedByAnotherSourceThenNothingIsKnown() {
		this.runner.withInitializer((context) -> context.addBeanFactoryPostProcessor((beanFactory) -> {
			BeanDefinitionRegistry registry = (BeanDefinitionRegistry) beanFactory;
			registry.removeBeanDefinition(ZitadelServiceUserAutoConfiguration.TOKEN_SOURCE);
			registry.registerBeanDefinition(ZitadelServiceUserAutoConfiguration.TOKEN_SOURCE,
					new RootBeanDefinition(TokenSource.class, HealthContributorTests::mockedTokenSource));
		})).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(health(context).getDetails()).doesNotContainKey("error");
		});
	}

	/**
	 * As a mock is.
	 */
	private static TokenSource mockedTokenSource() {
		return new TokenSource() {

			@Override
			public CompletableFuture<AccessToken> get() {
				throw new UnsupportedOperationException();
			}

			@Override
			public AccessToken await() {
				throw new UnsupportedOperationException();
			}

			@Override
			public CompletableFuture<AccessToken> reject(AccessToken token) {
				throw new UnsupportedOperationException();
			}

		};
	}

	private static Health health(ApplicationContext context) {
		return context.getBean("serviceUserHealthContributor", ServiceUserHealthIndicator.class).health();
	}

	private static TokenSource ownTokenSource() {
		return RefreshingTokenSource.builder(() -> new TokenResponse("own", null)).build();
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
