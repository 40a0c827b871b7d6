// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenSource;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * Whether the application is set up to call out as a service user. It is where one of the
 * properties is set, or a bean stands in for them. It is not where there is nothing but
 * the starter on the class path: a slice of a test, a tool, a module that never calls
 * out. Such an application starts, and nothing is created, watched or logged.
 * <p>
 * Where it is set up, what makes a token is created while the application starts, so that
 * a mistake stops it then, and not the first call. The question is asked at run time and
 * is no condition, which would be frozen when the application is processed ahead of time.
 *
 * @since 0.1.0
 */
public final class ServiceUserSetUp implements SmartInitializingSingleton {

	private static final List<Class<?>> STAND_INS = List.of(ZitadelServiceUserConnectionDetails.class, TokenGrant.class,
			KeyReader.class, LastGoodKey.class, AuthorizationServer.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final boolean configured;

	ServiceUserSetUp(ZitadelServiceUserProperties properties, ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		this.configured = !properties.equals(withoutAny()) || STAND_INS.stream()
			.flatMap((type) -> Arrays.stream(beanFactory.getBeanNamesForType(type, true, false)))
			.anyMatch((name) -> !isOurs(beanFactory, name));
	}

	/**
	 * Return whether it is set up.
	 * @return whether a property is set or a bean stands in for them
	 */
	public boolean isConfigured() {
		return this.configured;
	}

	// Not while this is created: a grant of the application's may well need a registry of
	// meters, and they ask here.
	@Override
	public void afterSingletonsInstantiated() {
		if (this.configured) {
			List.of(RefreshPolicy.class, TokenSource.class, AllowedHosts.class)
				.forEach((type) -> this.beanFactory.getBeanProvider(type).getIfUnique());
		}
	}

	// By who makes it: the application may well give its own the name of ours.
	private static boolean isOurs(ConfigurableListableBeanFactory beanFactory, String name) {
		if (beanFactory.containsBeanDefinition(name)
				&& beanFactory.getMergedBeanDefinition(name) instanceof RootBeanDefinition definition) {
			Method method = definition.getResolvedFactoryMethod();
			return method != null && method.getDeclaringClass()
				.getName()
				.startsWith(ZitadelServiceUserAutoConfiguration.class.getName());
		}
		return false;
	}

	private static ZitadelServiceUserProperties withoutAny() {
		return new Binder().bindOrCreate(ZitadelServiceUserProperties.PREFIX, ZitadelServiceUserProperties.class);
	}

}
