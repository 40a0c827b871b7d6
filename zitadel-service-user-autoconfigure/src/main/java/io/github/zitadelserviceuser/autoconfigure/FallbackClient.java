// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Arrays;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;

/**
 * A client of ours that is for everybody where the application has none, and for whoever
 * asks with the qualifier where it has. To be a fallback is not enough: the application's
 * own may be one too, and neither wins over the other.
 */
final class FallbackClient implements BeanFactoryPostProcessor {

	private final String name;

	private final Class<?> type;

	FallbackClient(String name, Class<?> type) {
		this.name = name;
		this.type = type;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory.containsBeanDefinition(this.name)
				&& beanFactory.getBeanDefinition(this.name) instanceof AbstractBeanDefinition ours) {
			ours.setDefaultCandidate(Arrays.stream(beanFactory.getBeanNamesForType(this.type, true, false))
				.filter((name) -> !name.equals(this.name))
				.noneMatch((name) -> isForEverybody(beanFactory, name)));
		}
	}

	private static boolean isForEverybody(ConfigurableListableBeanFactory beanFactory, String name) {
		return beanFactory.containsBeanDefinition(name)
				&& beanFactory.getMergedBeanDefinition(name) instanceof AbstractBeanDefinition other
				&& other.isAutowireCandidate() && other.isDefaultCandidate();
	}

}
