// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.user.AuthorizedTokenRequestException;
import io.github.zitadelserviceuser.user.ServiceUserClientBuilder;
import io.github.zitadelserviceuser.user.SharedResources;
import io.github.zitadelserviceuser.user.TokenRequestClientCustomizer;
import io.github.zitadelserviceuser.user.TokenRequestFactoryBuilderCustomizer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanCurrentlyInCreationException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * What the application wants of the client for token requests of one service user.
 */
final class TokenRequestCustomization implements ClientCustomization {

	private final ConfigurableListableBeanFactory beanFactory;

	private final MeantFor beans;

	TokenRequestCustomization(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		this.beans = new MeantFor(beanFactory);
	}

	@Override
	public void addTo(SharedResources.Builder shared) {
	}

	@Override
	public void addTo(String user, ServiceUserClientBuilder builder) {
		try {
			this.beans.all(TokenRequestClientCustomizer.class, user)
				.forEach((customizer) -> builder.tokenRequestClient(customizer::customize));
			this.beans.all(TokenRequestFactoryBuilderCustomizer.class, user)
				.forEach((customizer) -> builder.tokenRequestFactoryBuilder(customizer::customize));
		}
		catch (BeanCreationException ex) {
			String customizer = needing(ex);
			if (customizer == null) {
				throw ex;
			}
			throw new AuthorizedTokenRequestException(user,
					"the bean '" + customizer + "', which customizes their client, needs that service user", ex);
		}
	}

	/**
	 * Return what needs the user that is being made. What was begun within the failed
	 * look-up is not in creation any more: such a cycle does not go through the user.
	 * @param failure the failure of the look-up
	 * @return the name of the bean, or {@code null} if the failure is another
	 */
	private @Nullable String needing(BeanCreationException failure) {
		return (NestedExceptionUtils.getMostSpecificCause(failure) instanceof BeanCurrentlyInCreationException cycle
				&& cycle.getBeanName() != null && this.beanFactory.isCurrentlyInCreation(cycle.getBeanName()))
						? failure.getBeanName() : null;
	}

}
