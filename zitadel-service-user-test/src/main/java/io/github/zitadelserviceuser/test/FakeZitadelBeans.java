// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.fake.FakeZitadel;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What makes an application use a fake: the fake, the connections of its service users to
 * it, and the properties for those who read them.
 */
final class FakeZitadelBeans {

	static final String FAKE = "fakeZitadel";

	private static final String USERS = "fakeZitadelUsers";

	private FakeZitadelBeans() {
	}

	static void register(BeanDefinitionRegistry registry, BeanFactory beanFactory, ConfigurableEnvironment environment,
			Dialect dialect) {
		if (registry.containsBeanDefinition(FAKE)) {
			return;
		}
		RootBeanDefinition fake = new RootBeanDefinition(FakeZitadel.class,
				() -> FakeZitadel.builder().dialect(dialect).start());
		registry.registerBeanDefinition(FAKE, fake);
		FakeZitadelPropertySource properties = new FakeZitadelPropertySource(beanFactory);
		properties.describe(ConfiguredNames.of(environment));
		registry.registerBeanDefinition(USERS, new RootBeanDefinition(FakeZitadelUsers.class,
				() -> new FakeZitadelUsers(beanFactory, environment, properties)));
		environment.getPropertySources().addFirst(properties);
	}

}
