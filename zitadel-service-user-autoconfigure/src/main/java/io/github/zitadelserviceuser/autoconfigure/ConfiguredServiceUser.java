// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.concurrent.atomic.AtomicReference;

import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * A service user as a bean. It is not its own type that is the bean: that has methods
 * with types of WebFlux, which a class path may lack, and Spring looks at all of them.
 */
final class ConfiguredServiceUser implements DisposableBean {

	private final String name;

	private final ServiceUserClient built;

	private final BeanFactory beanFactory;

	private final AtomicReference<@Nullable ServiceUserClient> client = new AtomicReference<>();

	ConfiguredServiceUser(String name, ServiceUserClient built, BeanFactory beanFactory) {
		this.name = name;
		this.built = built;
		this.beanFactory = beanFactory;
	}

	/**
	 * Return what becomes the token source as a bean.
	 * @return the token source
	 */
	TokenSource tokenSource() {
		return this.built.tokenSource();
	}

	/**
	 * Return the user. Its token comes from the bean: a test may have put another in its
	 * place.
	 * @return the user
	 */
	ServiceUserClient client() {
		ServiceUserClient present = this.client.get();
		if (present != null) {
			return present;
		}
		TokenSource bean = this.beanFactory.getBean(ServiceUserBeans.tokenSource(this.name), TokenSource.class);
		ServiceUserClient made = this.built.withTokenSource(bean);
		ServiceUserClient first = this.client.compareAndExchange(null, made);
		return (first != null) ? first : made;
	}

	@Override
	public void destroy() {
		this.built.close();
	}

}
