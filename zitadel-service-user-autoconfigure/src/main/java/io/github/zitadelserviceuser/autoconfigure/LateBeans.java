// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import io.github.zitadelserviceuser.key.KeyListener;
import io.github.zitadelserviceuser.token.TokenListener;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The beans of the application that come into being after the token source, since they
 * may have it or a client injected.
 * <p>
 * While the application starts, one thread creates its beans, and may hold the lock for
 * that while it waits for a token: no thread that the token needs asks for a bean that is
 * not there yet.
 */
final class LateBeans implements SmartInitializingSingleton {

	private final ConfigurableListableBeanFactory beanFactory;

	private final MeantFor meantFor;

	private final LazyObservationRegistry observationRegistry;

	private final List<LateListener<?>> listeners = new CopyOnWriteArrayList<>();

	// None any more when all beans are there.
	private volatile @Nullable Thread starter = Thread.currentThread();

	LateBeans(ConfigurableListableBeanFactory beanFactory, ObjectProvider<ObservationRegistry> observationRegistry) {
		this.beanFactory = beanFactory;
		this.meantFor = new MeantFor(beanFactory);
		this.observationRegistry = new LazyObservationRegistry(this, observationRegistry);
	}

	LazyObservationRegistry observationRegistry() {
		return this.observationRegistry;
	}

	List<TokenListener> tokenListeners(String user) {
		return listeners(TokenListener.class, user, LazyTokenListener::new);
	}

	List<KeyListener> keyListeners(String user) {
		return listeners(KeyListener.class, user, LazyKeyListener::new);
	}

	List<String> names(Class<?> type) {
		return List.of(this.beanFactory.getBeanNamesForType(type, true, false));
	}

	boolean isThere(String name) {
		return this.starter == null
				|| (this.beanFactory.containsSingleton(name) && !this.beanFactory.isFactoryBean(name));
	}

	boolean mayCreate() {
		Thread starter = this.starter;
		return starter == null || starter == Thread.currentThread();
	}

	<T> T get(String name, Class<T> type) {
		return this.beanFactory.getBean(name, type);
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.starter = null;
		this.listeners.forEach(LateListener::deliver);
	}

	private <T> List<T> listeners(Class<T> type, String user, Function<LateListener<T>, ? extends T> lazy) {
		List<T> lazies = new ArrayList<>();
		for (String name : this.meantFor.names(type, user)) {
			LateListener<T> listener = new LateListener<>(this, name, type);
			this.listeners.add(listener);
			lazies.add(lazy.apply(listener));
		}
		return lazies;
	}

}
