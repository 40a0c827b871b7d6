// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.aot.BeanRegistrationExcludeFilter;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.GenericBeanDefinition;
import org.springframework.beans.factory.support.InstanceSupplier;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.env.Environment;

/**
 * Defines one bean per service user and kind, for the unnamed user and each named one
 * alike, so that {@link ServiceUser @ServiceUser} and its value select it where it is
 * injected.
 * <p>
 * Definitions are all that is made here. Where an application is processed ahead of time,
 * they are not written into its code: this runs when the application does, and knows the
 * users that the environment there describes.
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
		define(registry, ServiceUserClient.DEFAULT_NAME, "");
		ServiceUserNames.in(this.environment).forEach((user) -> define(registry, user, user));
	}

	private void define(BeanDefinitionRegistry registry, String user, String value) {
		AutowireCandidateQualifier qualifier = new AutowireCandidateQualifier(ServiceUser.class, value);
		for (Kind kind : this.kinds) {
			String name = name(kind.name(), user);
			if (!registry.containsBeanDefinition(name)) {
				registry.registerBeanDefinition(name, definition(kind, user, qualifier));
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
					&& isOurs(ours)) {
				ours.setDefaultCandidate(Arrays.stream(beanFactory.getBeanNamesForType(kind.type(), true, false))
					.noneMatch((name) -> isForEverybody(beanFactory, name)));
			}
		}
	}

	private static boolean isForEverybody(ConfigurableListableBeanFactory beanFactory, String name) {
		return beanFactory.containsBeanDefinition(name)
				&& beanFactory.getMergedBeanDefinition(name) instanceof AbstractBeanDefinition other && !isOurs(other)
				&& other.isAutowireCandidate() && other.isDefaultCandidate();
	}

	/**
	 * Return whether a bean is not the application's but ours.
	 * @param definition the definition of the bean
	 * @return whether it was defined here, for those who inject it
	 */
	static boolean isOurs(BeanDefinition definition) {
		Maker maker = maker(definition);
		return maker != null && maker.kind().injectable() != Injectable.NEVER;
	}

	private static @Nullable Maker maker(BeanDefinition definition) {
		return (definition instanceof AbstractBeanDefinition made && made.getInstanceSupplier() instanceof Maker maker)
				? maker : null;
	}

	// As light as can be: each user has one for each kind, and Spring a merged copy of
	// that.
	private static GenericBeanDefinition definition(Kind kind, String user, AutowireCandidateQualifier qualifier) {
		GenericBeanDefinition definition = new GenericBeanDefinition();
		definition.setBeanClass(kind.type());
		definition.setInstanceSupplier(new Maker(kind, user));
		definition.setLazyInit(true);
		definition.addQualifier(qualifier);
		definition.setFallback(true);
		definition.setAutowireCandidate(kind.injectable() != Injectable.NEVER);
		// Otherwise no candidate for whoever wants all of a type, to put them on what is
		// not ours.
		definition.setDefaultCandidate(
				user.equals(ServiceUserClient.DEFAULT_NAME) && kind.injectable() == Injectable.ALSO_BY_TYPE);
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
	 * A bean that each service user has.
	 *
	 * @param name its name for the unnamed user, which the name of any other is added to
	 * @param type its type
	 * @param make makes it from the beans there are and the name of the user
	 * @param injectable how it is injected
	 */
	public record Kind(String name, Class<?> type, BiFunction<BeanFactory, String, ?> make, Injectable injectable) {

		/**
		 * Return a kind of bean that is a part of a service user.
		 * @param name its name for the unnamed user, which the name of any other is added
		 * to
		 * @param type its type
		 * @param part takes it from the user
		 * @param injectable how it is injected
		 * @param <T> its type
		 * @return the kind
		 */
		public static <T> Kind of(String name, Class<T> type, Function<ServiceUserClient, ? extends T> part,
				Injectable injectable) {
			return new Kind(name, type,
					(beans, user) -> part
						.apply(beans.getBean(ZitadelServiceUserAutoConfiguration.USERS, ServiceUsers.class).get(user)),
					injectable);
		}

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

	/**
	 * Makes a bean of a user. By it the definition is known as ours.
	 *
	 * @param kind the kind of bean
	 * @param user the name of the user
	 */
	private record Maker(Kind kind, String user) implements InstanceSupplier<Object> {

		@Override
		public Object get(RegisteredBean bean) {
			return this.kind.make().apply(bean.getBeanFactory(), this.user);
		}

	}

	/**
	 * Keeps what is defined here out of the code that is generated ahead of time.
	 */
	static final class ExcludeFilter implements BeanRegistrationExcludeFilter {

		@Override
		public boolean isExcludedFromAotProcessing(RegisteredBean bean) {
			return maker(bean.getMergedBeanDefinition()) != null;
		}

	}

}
