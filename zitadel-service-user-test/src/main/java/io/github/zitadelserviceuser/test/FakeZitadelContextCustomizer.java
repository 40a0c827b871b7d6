/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
