// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.time.Duration;

import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.token.RefreshPolicy;

import org.springframework.beans.factory.config.BeanPostProcessor;
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
		context.getBeanFactory().addBeanPostProcessor(new PolicyOfTests());
	}

	/**
	 * Lets a young token be replaced on a 401, and none be requested between the tests.
	 */
	private static final class PolicyOfTests implements BeanPostProcessor {

		@Override
		public Object postProcessBeforeInitialization(Object bean, String beanName) {
			return (bean instanceof RefreshPolicy policy) ? policy.withShortestHold(Duration.ZERO).withKeepWarm(false)
					: bean;
		}

	}

}
