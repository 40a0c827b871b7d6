// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.autoconfigure.ServiceUserNames;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.user.ServiceUserClient;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Connects each service user of an application to a fake, as a user of its own there. As
 * late as this, since a test may have named one in a property that has just been added.
 */
final class FakeZitadelUsers implements BeanDefinitionRegistryPostProcessor {

	private static final String CONNECTION_DETAILS = "fakeZitadelConnectionDetails";

	private final BeanFactory beanFactory;

	private final ConfigurableEnvironment environment;

	private final FakeZitadelPropertySource properties;

	FakeZitadelUsers(BeanFactory beanFactory, ConfigurableEnvironment environment,
			FakeZitadelPropertySource properties) {
		this.beanFactory = beanFactory;
		this.environment = environment;
		this.properties = properties;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		ConfiguredNames configured = ConfiguredNames.of(this.environment);
		this.properties.describe(configured);
		// Ahead of what has been added meanwhile.
		this.environment.getPropertySources().remove(this.properties.getName());
		this.environment.getPropertySources().addFirst(this.properties);
		if (!configured.areOfNamedUsersOnly()) {
			registry.registerBeanDefinition(CONNECTION_DETAILS,
					connectionDetails(ServiceUserClient.DEFAULT_NAME, configured));
		}
		for (String name : ServiceUserNames.in(this.environment)) {
			RootBeanDefinition details = connectionDetails(name, configured);
			details.addQualifier(new AutowireCandidateQualifier(ServiceUser.class, name));
			details.setDefaultCandidate(false);
			registry.registerBeanDefinition(CONNECTION_DETAILS + "." + name, details);
		}
	}

	private RootBeanDefinition connectionDetails(String name, ConfiguredNames configured) {
		RootBeanDefinition details = new RootBeanDefinition(ZitadelServiceUserConnectionDetails.class, () -> {
			FakeZitadel zitadel = this.beanFactory.getBean(FakeZitadelBeans.FAKE, FakeZitadel.class);
			return new FakeZitadelConnectionDetails(zitadel, name, configured.hasKeyFile(name));
		});
		// Ahead of the application's own, or of those of a container that it has for its
		// development.
		details.setPrimary(true);
		return details;
	}

}
