// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/**
 * The beans of an application that are meant for one service user: those qualified by its
 * name, and for the unnamed one those without a name. They may be of a parent context.
 */
final class MeantFor {

	private final ConfigurableListableBeanFactory beanFactory;

	// By their type: to look through all beans anew for each user would make a start grow
	// with the square of their number.
	private final Map<Class<?>, Map<String, Candidate>> known = new ConcurrentHashMap<>();

	MeantFor(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Return the names of all beans of a type that are meant for a user. None is created
	 * for that.
	 * @param type the type
	 * @param user the name of the user
	 * @return the names of the beans
	 */
	List<String> names(Class<?> type, String user) {
		return names(type, (bean) -> user.equals(bean.user()));
	}

	/**
	 * Return the names of those beans of a type that are qualified as meant for a user.
	 * @param type the type
	 * @param user the name of the user
	 * @return the names of the beans
	 */
	List<String> qualifiedNames(Class<?> type, String user) {
		return names(type, (bean) -> bean.qualifier() != null && user.equals(bean.user()));
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
		List<String> names = names(type, user);
		// Whoever has none creates none of another's, which may need this one.
		if (names.isEmpty()) {
			return List.of();
		}
		Set<T> meant = Collections.newSetFromMap(new IdentityHashMap<>());
		names.forEach((name) -> meant.add(this.beanFactory.getBean(name, type)));
		List<T> all = new ArrayList<>();
		this.beanFactory.getBeanProvider(type).orderedStream().filter(meant::remove).forEach(all::add);
		// Prototypes, of which each question makes another.
		meant.stream().sorted(AnnotationAwareOrderComparator.INSTANCE).forEach(all::add);
		return all;
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
		List<String> left = names;
		if (left.size() > 1) {
			left = those(type, names, BeanDefinition::isPrimary);
		}
		if (left.isEmpty()) {
			left = those(type, names, (definition) -> !definition.isFallback());
		}
		if (left.size() > 1 || (left.isEmpty() && !names.isEmpty())) {
			throw new NoUniqueBeanDefinitionException(type, names);
		}
		return left.isEmpty() ? null : this.beanFactory.getBean(left.get(0), type);
	}

	private List<String> those(Class<?> type, List<String> names, Predicate<BeanDefinition> what) {
		return names(type, (bean) -> bean.definition() != null && what.test(bean.definition())).stream()
			.filter(names::contains)
			.toList();
	}

	private List<String> names(Class<?> type, Predicate<Candidate> meant) {
		List<String> names = new ArrayList<>();
		candidates(type).forEach((name, bean) -> {
			if (meant.test(bean)) {
				names.add(name);
			}
		});
		return names;
	}

	// Known for good as soon as no definition is added any more.
	private Map<String, Candidate> candidates(Class<?> type) {
		Map<String, Candidate> present = this.known.get(type);
		if (present != null) {
			return present;
		}
		Map<String, Candidate> found = new LinkedHashMap<>();
		for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, type, true, false)) {
			Candidate bean = Candidate.of(this.beanFactory, name);
			if (bean.isInjectable()) {
				found.put(name, bean);
			}
		}
		if (this.beanFactory.isConfigurationFrozen()) {
			this.known.put(type, found);
		}
		return found;
	}

	/**
	 * A bean that may be meant for a service user.
	 *
	 * @param definition its definition, unless it is a singleton that was registered as
	 * such
	 * @param qualifier the value of its {@link ServiceUser}, if it has that
	 */
	private record Candidate(@Nullable BeanDefinition definition, @Nullable String qualifier) {

		static Candidate of(ConfigurableListableBeanFactory beanFactory, String name) {
			ConfigurableListableBeanFactory owner = beanFactory;
			while (!owner.containsLocalBean(name)
					&& owner.getParentBeanFactory() instanceof ConfigurableListableBeanFactory parent) {
				owner = parent;
			}
			BeanDefinition definition = owner.containsBeanDefinition(name) ? owner.getMergedBeanDefinition(name) : null;
			return new Candidate(definition, qualifier(owner, name, definition));
		}

		/**
		 * Return whether anybody is to have the bean: ours are for others, the target of
		 * a scoped proxy is for the proxy, and what is no candidate by default is for
		 * those who ask by a qualifier.
		 * @return whether it is a candidate
		 */
		boolean isInjectable() {
			return this.definition == null || (!ServiceUserBeans.isOurs(this.definition)
					&& (this.definition.isAutowireCandidate() || standsIn()) && (this.qualifier != null
							|| !(this.definition instanceof AbstractBeanDefinition own) || own.isDefaultCandidate()));
		}

		// The source of a fixed token in a test: of a user, and injected nowhere itself.
		private boolean standsIn() {
			return this.qualifier != null && this.definition != null && this.definition.isFallback();
		}

		String user() {
			return (this.qualifier == null || this.qualifier.isEmpty()) ? ServiceUserClient.DEFAULT_NAME
					: this.qualifier;
		}

		private static @Nullable String qualifier(ConfigurableListableBeanFactory owner, String name,
				@Nullable BeanDefinition definition) {
			if (definition instanceof AbstractBeanDefinition own) {
				AutowireCandidateQualifier qualifier = own.getQualifier(ServiceUser.class.getName());
				if (qualifier != null) {
					Object value = qualifier.getAttribute(AutowireCandidateQualifier.VALUE_KEY);
					return (value != null) ? value.toString() : "";
				}
			}
			// What is annotated is the target, and not the proxy of its scope.
			String annotated = (definition instanceof RootBeanDefinition proxy
					&& proxy.getDecoratedDefinition() != null) ? proxy.getDecoratedDefinition().getBeanName() : name;
			ServiceUser annotation = owner.findAnnotationOnBean(annotated, ServiceUser.class, false);
			return (annotation != null) ? annotation.value() : null;
		}

	}

}
