// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.fake.FakeZitadel;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What makes an application use a fake: the fake, the connection to it, and the two
 * properties for those who read them.
 */
final class FakeZitadelBeans {

	static final String FAKE = "fakeZitadel";

	private static final String CONNECTION_DETAILS = "fakeZitadelConnectionDetails";

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
		RootBeanDefinition details = new RootBeanDefinition(ZitadelServiceUserConnectionDetails.class,
				() -> new FakeZitadelConnectionDetails(beanFactory.getBean(FAKE, FakeZitadel.class)));
		// Ahead of those of a container, if the application has one for its development.
		details.setPrimary(true);
		registry.registerBeanDefinition(CONNECTION_DETAILS, details);
		environment.getPropertySources().addFirst(new FakeZitadelPropertySource(beanFactory));
	}

}
