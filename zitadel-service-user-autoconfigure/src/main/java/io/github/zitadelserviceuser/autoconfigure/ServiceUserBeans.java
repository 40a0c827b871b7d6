// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.user.NoSuchServiceUserException;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Defines one bean per service user and kind, for the unnamed user and each named one
 * alike, so that {@link ServiceUser @ServiceUser} and its value select it where it is
 * injected.
 * <p>
 * Definitions are all that is made here. Where an application is processed ahead of time,
 * they are written into its code; this runs once more when the application does, and adds
 * those of users that only the environment there knows.
 *
 * @since 0.1.0
 */
public final class ServiceUserBeans implements BeanDefinitionRegistryPostProcessor {

	private final Environment environment;

	private final List<Kind> kinds;

	/**
	 * Create a new instance.
	 * @param environment knows the names of the users
	 * @param kinds the beans to define for each of them
	 */
	public ServiceUserBeans(Environment environment, Kind... kinds) {
		this.environment = environment;
		this.kinds = List.of(kinds);
	}

	static String user(String name) {
		return name("zitadelServiceUser", name);
	}

	static String tokenSource(String name) {
		return name(ZitadelServiceUserAutoConfiguration.TOKEN_SOURCE, name);
	}

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		List<String> users = new ArrayList<>();
		users.add(ServiceUserClient.DEFAULT_NAME);
		users.addAll(named(this.environment));
		for (String user : users) {
			for (Kind kind : this.kinds) {
				String name = name(kind.name(), user);
				if (!registry.containsBeanDefinition(name)) {
					registry.registerBeanDefinition(name, definition(kind, user));
				}
			}
		}
	}

	/**
	 * Keep the clients of the unnamed user from those who ask without a qualifier where
	 * the application has one for them. To be a fallback is not enough: the application's
	 * own may be one too, and neither wins over the other.
	 */
	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		for (Kind kind : this.kinds) {
			if (kind.injectable() == Injectable.ALSO_BY_TYPE
					&& beanFactory.getBeanDefinition(kind.name()) instanceof AbstractBeanDefinition ours
					&& MeantFor.isOurs(ours)) {
				ours.setDefaultCandidate(Arrays.stream(beanFactory.getBeanNamesForType(kind.type(), true, false))
					.noneMatch((name) -> isForEverybody(beanFactory, name)));
			}
		}
	}

	private static boolean isForEverybody(ConfigurableListableBeanFactory beanFactory, String name) {
		return beanFactory.containsBeanDefinition(name)
				&& beanFactory.getMergedBeanDefinition(name) instanceof AbstractBeanDefinition other
				&& !MeantFor.isOurs(other) && other.isAutowireCandidate() && other.isDefaultCandidate();
	}

	/**
	 * Return the names of the users that the environment describes and does not switch
	 * off, apart from the unnamed one.
	 * @param environment the environment
	 * @return the names, in alphabetical order
	 */
	public static Set<String> named(Environment environment) {
		Set<String> names = ZitadelServiceUsersProperties.names(Binder.get(environment)
			.bind("zitadel.service-users", Bindable.mapOf(String.class, Object.class))
			.orElse(Map.of())
			.keySet());
		names.removeIf((name) -> !environment.getProperty(ServiceUserClient.propertyPrefix(name) + ".enabled",
				Boolean.class, true));
		return names;
	}

	private static RootBeanDefinition definition(Kind kind, String user) {
		boolean unnamed = user.equals(ServiceUserClient.DEFAULT_NAME);
		RootBeanDefinition definition = new RootBeanDefinition(kind.type());
		definition.setFactoryBeanName(kind.factoryBean());
		definition.setFactoryMethodName(kind.factoryMethod());
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, user);
		definition.setLazyInit(true);
		AutowireCandidateQualifier qualifier = new AutowireCandidateQualifier(ServiceUser.class);
		qualifier.setAttribute(AutowireCandidateQualifier.VALUE_KEY, unnamed ? "" : user);
		definition.addQualifier(qualifier);
		definition.setFallback(true);
		definition.setAutowireCandidate(kind.injectable() != Injectable.NEVER);
		// Otherwise no candidate for whoever wants all of a type, to put them on what is
		// not ours.
		definition.setDefaultCandidate(unnamed && kind.injectable() == Injectable.ALSO_BY_TYPE);
		if (kind.injectable() != Injectable.NEVER) {
			MeantFor.markAsOurs(definition);
		}
		return definition;
	}

	/**
	 * Return the name of a bean of a user.
	 * @param prefix its name for the unnamed user
	 * @param user the name of the user
	 * @return the name of the bean
	 */
	public static String name(String prefix, String user) {
		return user.equals(ServiceUserClient.DEFAULT_NAME) ? prefix : prefix + "." + user;
	}

	/**
	 * Return a bean of a user.
	 * @param beanFactory has it
	 * @param prefix its name for the unnamed user
	 * @param user the name of the user
	 * @param type its type
	 * @param <T> its type
	 * @return the bean
	 * @throws NoSuchServiceUserException if no user is called so
	 */
	public static <T> T get(BeanFactory beanFactory, String prefix, String user, Class<T> type) {
		String name = name(prefix, user);
		if (!beanFactory.containsBean(name)) {
			throw new NoSuchServiceUserException(user, beanFactory.getBean(ServiceUsers.class).names());
		}
		return beanFactory.getBean(name, type);
	}

	/**
	 * A bean that each service user has.
	 *
	 * @param name its name for the unnamed user, which the name of any other is added to
	 * @param type its type
	 * @param factoryBean the name of the bean that makes it
	 * @param factoryMethod the method of that bean, which takes the name of the user
	 * @param injectable how it is injected
	 */
	public record Kind(String name, Class<?> type, String factoryBean, String factoryMethod, Injectable injectable) {

	}

	/**
	 * How a bean is injected.
	 */
	public enum Injectable {

		/**
		 * By its qualifier, and that of the unnamed user where there is no other as well.
		 */
		ALSO_BY_TYPE,

		/** By its qualifier alone. */
		BY_QUALIFIER,

		/**
		 * Not at all. Of a type that an application may have for one of its users, it is
		 * that user's where the application has none.
		 */
		NEVER

	}

}
