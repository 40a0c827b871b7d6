// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;

/**
 * The beans of an application that are meant for one service user: those qualified by its
 * name, and for the unnamed one those without a name.
 */
final class MeantFor {

	/** Marks the definitions of beans that are not the application's but ours. */
	private static final String OURS = MeantFor.class.getName() + ".OURS";

	private final ConfigurableListableBeanFactory beanFactory;

	MeantFor(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	static void markAsOurs(BeanDefinition definition) {
		definition.setAttribute(OURS, true);
	}

	static boolean isOurs(BeanDefinition definition) {
		return definition.hasAttribute(OURS);
	}

	/**
	 * Return the names of all beans of a type that are meant for a user. None is created
	 * for that.
	 * @param type the type
	 * @param user the name of the user
	 * @return the names of the beans
	 */
	List<String> names(Class<?> type, String user) {
		List<String> names = new ArrayList<>();
		for (String name : this.beanFactory.getBeanNamesForType(type, true, false)) {
			if (!isOurs(name) && user.equals(userOf(name, false))) {
				names.add(name);
			}
		}
		return names;
	}

	/**
	 * Return the names of those beans of a type that are qualified as meant for a user.
	 * @param type the type
	 * @param user the name of the user
	 * @return the names of the beans
	 */
	List<String> qualifiedNames(Class<?> type, String user) {
		return names(type, user).stream().filter((name) -> userOf(name, true) != null).toList();
	}

	/**
	 * Return the one bean of a type that is meant for a user.
	 * @param type the type
	 * @param user the name of the user
	 * @param <T> the type
	 * @return the bean, or {@code null} if there is none
	 * @throws NoUniqueBeanDefinitionException if there are several
	 */
	<T> @Nullable T find(Class<T> type, String user) {
		return only(type, names(type, user));
	}

	/**
	 * Return the one bean of a type that is qualified as meant for a user, since one
	 * without a qualifier may well be for something else.
	 * @param type the type
	 * @param user the name of the user
	 * @param <T> the type
	 * @return the bean, or {@code null} if there is none
	 */
	<T> @Nullable T findQualified(Class<T> type, String user) {
		return only(type, qualifiedNames(type, user));
	}

	/**
	 * Return all beans of a type that are meant for a user, in their order.
	 * @param type the type
	 * @param user the name of the user
	 * @param <T> the type
	 * @return the beans
	 */
	<T> List<T> all(Class<T> type, String user) {
		Set<T> meant = Collections.newSetFromMap(new IdentityHashMap<>());
		names(type, user).forEach((name) -> meant.add(this.beanFactory.getBean(name, type)));
		return this.beanFactory.getBeanProvider(type).orderedStream().filter(meant::contains).toList();
	}

	/**
	 * Return a bean that is there, without creating one.
	 * @param name its name
	 * @param type the type
	 * @param <T> the type
	 * @return the bean, or {@code null} if it has not been made yet
	 */
	<T> @Nullable T singleton(String name, Class<T> type) {
		Object bean = this.beanFactory.containsSingleton(name) ? this.beanFactory.getSingleton(name) : null;
		return type.isInstance(bean) ? type.cast(bean) : null;
	}

	private <T> @Nullable T only(Class<T> type, List<String> names) {
		if (names.size() > 1) {
			List<String> preferred = names.stream().filter(this::isPrimary).toList();
			if (preferred.isEmpty()) {
				preferred = names.stream().filter((name) -> !isFallback(name)).toList();
			}
			if (preferred.size() != 1) {
				throw new NoUniqueBeanDefinitionException(type, names);
			}
			return this.beanFactory.getBean(preferred.get(0), type);
		}
		return names.isEmpty() ? null : this.beanFactory.getBean(names.get(0), type);
	}

	private boolean isOurs(String name) {
		return this.beanFactory.containsBeanDefinition(name) && isOurs(this.beanFactory.getMergedBeanDefinition(name));
	}

	private boolean isPrimary(String name) {
		return this.beanFactory.containsBeanDefinition(name)
				&& this.beanFactory.getMergedBeanDefinition(name).isPrimary();
	}

	private boolean isFallback(String name) {
		return this.beanFactory.containsBeanDefinition(name)
				&& this.beanFactory.getMergedBeanDefinition(name).isFallback();
	}

	private @Nullable String userOf(String name, boolean qualified) {
		String value = qualifier(name);
		if (value == null) {
			return qualified ? null : ServiceUserClient.DEFAULT_NAME;
		}
		return value.isEmpty() ? ServiceUserClient.DEFAULT_NAME : value;
	}

	private @Nullable String qualifier(String name) {
		if (this.beanFactory.containsBeanDefinition(name)
				&& this.beanFactory.getMergedBeanDefinition(name) instanceof AbstractBeanDefinition definition) {
			AutowireCandidateQualifier qualifier = definition.getQualifier(ServiceUser.class.getName());
			if (qualifier != null) {
				Object value = qualifier.getAttribute(AutowireCandidateQualifier.VALUE_KEY);
				return (value != null) ? value.toString() : "";
			}
		}
		ServiceUser annotation = this.beanFactory.findAnnotationOnBean(name, ServiceUser.class, false);
		return (annotation != null) ? annotation.value() : null;
	}

}
