// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.time.Duration;

import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.user.ServiceUserCustomizer;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.Assert;

/**
 * Puts a fake into the context of a test. A record, since contexts are cached by the
 * equality of their customizers.
 */
record FakeZitadelContextCustomizer(Dialect dialect) implements ContextCustomizer {

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		Assert.state(context.getBeanFactory() instanceof BeanDefinitionRegistry,
				"@EnableFakeZitadel needs an application context that bean definitions can be added to");
		FakeZitadelBeans.register((BeanDefinitionRegistry) context.getBeanFactory(), context.getBeanFactory(),
				context.getEnvironment(), this.dialect);
		// A singleton without a definition comes after the application's own customizers.
		context.getBeanFactory().registerSingleton("fakeZitadelRefreshPolicy", policyOfTests());
	}

	// Lets a young token be replaced on a 401, and none be requested between the tests.
	private static ServiceUserCustomizer policyOfTests() {
		return (name, user) -> user
			.refreshPolicy((policy) -> policy.withShortestHold(Duration.ZERO).withKeepWarm(false));
	}

}
