// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.ServiceUserRestClientCustomizer;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The beans of an application that are meant for one service user, in all the shapes that
 * a bean may have.
 */
class MeantForTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private FakeServiceUser billing;

	private ApplicationContextRunner runner;

	@BeforeEach
	void configure() {
		this.billing = this.zitadel.createServiceUser("billing");
		this.runner = Contexts.of(this.zitadel)
			.withBean(FakeServiceUser.class, () -> this.billing)
			.withPropertyValues("zitadel.service-users.billing.project-ids=4711");
	}

	@AfterEach
	void stop() {
		this.zitadel.close();
	}

	@Test
	void findWhenBeanIsAScopedProxyThenTheProxyIsMeantAndNotItsTarget() {
		this.runner.withUserConfiguration(Scoped.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertTokenOfBilling(context.getBean(ServiceUsers.class));
		});
	}

	@Test
	void findWhenBeanIsOfAParentThenItIsMeantAsWell() {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext()) {
			parent.registerBean("fake", FakeServiceUser.class, () -> this.billing);
			parent.register(Billing.class);
			parent.refresh();
			this.runner.withParent(parent).run((context) -> {
				assertThat(context).hasNotFailed();
				assertTokenOfBilling(context.getBean(ServiceUsers.class));
			});
		}
	}

	@Test
	void findWhenTheParentHasServiceUsersOfItsOwnThenTheyStayApart() {
		this.runner.withUserConfiguration(Billing.class)
			.run((parent) -> this.runner.withParent(parent).withUserConfiguration(Billing.class).run((child) -> {
				assertThat(child).hasNotFailed();
				ServiceUserClient user = child.getBean(ServiceUsers.class).get("billing");
				assertThat(user).isNotSameAs(parent.getBean(ServiceUsers.class).get("billing"));
				assertThat(child.getBean(ServiceUsers.class).get("default").tokenSource())
					.isNotSameAs(parent.getBean(ServiceUsers.class).get("default").tokenSource());
			}));
	}

	@Test
	void findWhenOneOfTwoIsAFallbackThenTheOther() {
		this.runner.withUserConfiguration(Billing.class, Policies.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(policy(context.getBean(ServiceUsers.class))).isEqualTo(0.6);
		});
	}

	@Test
	void findWhenThereAreTwoThenRefused() {
		RefreshPolicy policy = RefreshPolicy.defaults();
		this.runner.withUserConfiguration(Billing.class)
			.withBean("one", RefreshPolicy.class, () -> policy)
			.withBean("two", RefreshPolicy.class, () -> policy)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoUniqueBeanDefinitionException.class)
				.hasMessageContaining("one,two"));
	}

	@Test
	void findWhenBeanIsForThoseAloneWhoAskByAnotherQualifierThenItIsNotMeant() {
		this.runner.withUserConfiguration(Billing.class)
			.withBean(RefreshPolicy.class, () -> RefreshPolicy.defaults().withRefreshAt(0.5),
					(definition) -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
			.run((context) -> assertThat(policy(context.getBean(ServiceUsers.class)))
				.isEqualTo(RefreshPolicy.defaults().refreshAt()));
	}

	@Test
	void allWhenOneIsAPrototypeThenItIsAmongThem() {
		this.runner.withUserConfiguration(Billing.class, Customizers.class).run((context) -> {
			List<String> headers = new ArrayList<>();
			context.getBean(ServiceUsers.class)
				.get("billing")
				.restClient()
				.mutate()
				.defaultHeaders((all) -> all.forEach((name, values) -> headers.add(name + values)));
			assertThat(headers).contains("X-Order[first, second]", "X-Prototype[here]");
		});
	}

	private void assertTokenOfBilling(ServiceUsers users) {
		users.get("billing").tokenSource().await();
		assertThat(this.zitadel.issuedTokens()).singleElement()
			.satisfies((token) -> assertThat(token.userId()).isEqualTo(this.billing.id()));
	}

	private static double policy(ServiceUsers users) {
		return users.get("default").refreshPolicy().refreshAt();
	}

	@Configuration(proxyBeanMethods = false)
	static class Billing {

		@Bean
		@ServiceUser("billing")
		KeyReader billingKeyReader(FakeServiceUser billing) {
			return KeyReader.json("x", billing.keyFile().toString(), new DefaultResourceLoader());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		@Bean
		@ServiceUser("billing")
		@Scope(scopeName = BeanDefinition.SCOPE_PROTOTYPE, proxyMode = ScopedProxyMode.INTERFACES)
		KeyReader billingKeyReader(FakeServiceUser billing) {
			return KeyReader.json("x", billing.keyFile().toString(), new DefaultResourceLoader());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Policies {

		@Bean
		@Fallback
		RefreshPolicy fallbackPolicy() {
			return RefreshPolicy.defaults().withRefreshAt(0.5);
		}

		@Bean
		RefreshPolicy policy() {
			return RefreshPolicy.defaults().withRefreshAt(0.6);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		@Order(2)
		@ServiceUser("billing")
		ServiceUserRestClientCustomizer second() {
			return (builder) -> builder.defaultHeaders((headers) -> headers.add("X-Order", "second"));
		}

		@Bean
		@Order(1)
		@ServiceUser("billing")
		ServiceUserRestClientCustomizer first() {
			return (builder) -> builder.defaultHeaders((headers) -> headers.add("X-Order", "first"));
		}

		@Bean
		@ServiceUser("billing")
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		ServiceUserRestClientCustomizer prototype() {
			return (builder) -> builder.defaultHeaders((headers) -> headers.add("X-Prototype", "here"));
		}

	}

}
