// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.util.function.Function;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.autoconfigure.ServiceUserNames;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.env.Environment;

/**
 * Connects each service user of an application to a fake, as a user of its own there. As
 * late as this, since a test may have named one in a property that has just been added.
 */
final class FakeZitadelUsers implements BeanDefinitionRegistryPostProcessor {

	private static final String CONNECTION_DETAILS = "fakeZitadelConnectionDetails";

	private final BeanFactory beanFactory;

	private final Environment environment;

	private final boolean namedOnly;

	FakeZitadelUsers(BeanFactory beanFactory, Environment environment, boolean namedOnly) {
		this.beanFactory = beanFactory;
		this.environment = environment;
		this.namedOnly = namedOnly;
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (!this.namedOnly) {
			registry.registerBeanDefinition(CONNECTION_DETAILS, connectionDetails(FakeZitadel::serviceUser));
		}
		for (String name : ServiceUserNames.in(this.environment)) {
			RootBeanDefinition details = connectionDetails((zitadel) -> zitadel.serviceUser(name));
			details.addQualifier(new AutowireCandidateQualifier(ServiceUser.class, name));
			details.setDefaultCandidate(false);
			registry.registerBeanDefinition(CONNECTION_DETAILS + "." + name, details);
		}
	}

	private RootBeanDefinition connectionDetails(Function<FakeZitadel, FakeServiceUser> user) {
		RootBeanDefinition details = new RootBeanDefinition(ZitadelServiceUserConnectionDetails.class, () -> {
			FakeZitadel zitadel = this.beanFactory.getBean(FakeZitadelBeans.FAKE, FakeZitadel.class);
			return new FakeZitadelConnectionDetails(zitadel, user.apply(zitadel));
		});
		// Ahead of the application's own, or of those of a container that it has for its
		// development.
		details.setPrimary(true);
		return details;
	}

}
