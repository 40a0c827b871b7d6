// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

import io.github.zitadelserviceuser.key.KeyListener;
import io.github.zitadelserviceuser.token.TokenListener;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanCreationNotAllowedException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The beans of the application that come into being after the token source, since they
 * may have it or a client injected.
 * <p>
 * While the application starts, one thread creates its beans, and may hold the lock for
 * that while it waits for a token: no thread that the token needs asks for a bean that is
 * not there yet. Nor does one ask a context that is closing, which would create no bean,
 * or a second one.
 */
final class LateBeans implements SmartInitializingSingleton, DisposableBean {

	private final ConfigurableListableBeanFactory beanFactory;

	private final MeantFor meantFor;

	private final LazyObservationRegistry observationRegistry;

	private final List<LateListener<?>> listeners = new CopyOnWriteArrayList<>();

	// None any more when all beans are there.
	private volatile @Nullable Thread starter = Thread.currentThread();

	private volatile boolean closing;

	LateBeans(ConfigurableListableBeanFactory beanFactory, ObjectProvider<ObservationRegistry> observationRegistry) {
		this.beanFactory = beanFactory;
		this.meantFor = new MeantFor(beanFactory);
		this.observationRegistry = new LazyObservationRegistry(this, observationRegistry);
	}

	LazyObservationRegistry observationRegistry() {
		return this.observationRegistry;
	}

	List<? extends TokenListener> tokenListeners(String user) {
		return listeners(TokenListener.class, user, LateListener.OfToken::new);
	}

	List<? extends KeyListener> keyListeners(String user) {
		return listeners(KeyListener.class, user, LateListener.OfKey::new);
	}

	List<String> names(Class<?> type) {
		return List.of(this.beanFactory.getBeanNamesForType(type, true, false));
	}

	boolean isThere(String name) {
		return !this.closing && (this.starter == null
				|| (this.beanFactory.containsSingleton(name) && !this.beanFactory.isFactoryBean(name)));
	}

	boolean mayCreate() {
		Thread starter = this.starter;
		return !this.closing && (starter == null || starter == Thread.currentThread());
	}

	<T> T get(String name, Class<T> type) {
		return this.beanFactory.getBean(name, type);
	}

	/**
	 * Find a bean.
	 * @param name its name
	 * @param type its type
	 * @param <T> its type
	 * @return the bean, or {@code null} in a context that is closing
	 */
	<T> @Nullable T find(String name, Class<T> type) {
		try {
			return this.closing ? null : get(name, type);
		}
		catch (BeanCreationNotAllowedException ex) {
			return null;
		}
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.starter = null;
		this.listeners.forEach(LateListener::deliver);
	}

	@Override
	public void destroy() {
		this.closing = true;
	}

	private <T, L extends LateListener<T>> List<L> listeners(Class<T> type, String user,
			BiFunction<LateBeans, String, L> late) {
		List<L> created = this.meantFor.names(type, user).stream().map((name) -> late.apply(this, name)).toList();
		// Later ones are told directly, and go with their user.
		if (this.starter != null) {
			this.listeners.addAll(created);
		}
		return created;
	}

}
