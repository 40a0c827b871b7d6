// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.NoSuchServiceUserException;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUserClientBuilder;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The service users of an application: those configured, each of which is a bean, and
 * those made while it runs.
 */
final class ApplicationServiceUsers implements ServiceUsers, SmartInitializingSingleton, DisposableBean {

	private final ServiceUserSettings settings;

	private final ServiceUserFactory factory;

	private final BeanFactory beanFactory;

	private final ConcurrentMap<String, Made> made = new ConcurrentHashMap<>();

	private volatile @Nullable Set<String> configured;

	private volatile boolean closed;

	ApplicationServiceUsers(ServiceUserSettings settings, ServiceUserFactory factory, BeanFactory beanFactory) {
		this.settings = settings;
		this.factory = factory;
		this.beanFactory = beanFactory;
	}

	@Override
	public ServiceUserClient get(String name) {
		Made made = this.made.get(name);
		ServiceUserClient client = (made != null) ? made.client : null;
		return (client != null) ? client : bean(name).client();
	}

	@Override
	public Set<String> names() {
		Set<String> names = new TreeSet<>(configured());
		made().forEach((client) -> names.add(client.name()));
		return names;
	}

	@Override
	public Iterator<ServiceUserClient> iterator() {
		List<ServiceUserClient> users = new ArrayList<>();
		configured().forEach((name) -> users.add(get(name)));
		users.addAll(made());
		return users.iterator();
	}

	@Override
	public ServiceUserClient create(String name, Consumer<ServiceUserClientBuilder> user) {
		Made made = new Made();
		if (configured().contains(name) || this.made.putIfAbsent(name, made) != null) {
			throw new IllegalStateException(
					"There is a service user '" + name + "' already. Close that one first, or take another name");
		}
		try {
			ServiceUserClient client = this.factory.create(name, (builder) -> {
				user.accept(builder);
				builder.onClose(() -> this.made.remove(name, made));
			});
			made.client = client;
			// Looked at last: whoever closes meanwhile finds it, or is seen here.
			if (this.closed) {
				client.close();
				throw new IllegalStateException("The application is closing, and makes no more service users");
			}
			return client;
		}
		catch (RuntimeException | Error ex) {
			this.made.remove(name, made);
			throw ex;
		}
	}

	ConfiguredServiceUser configured(String name) {
		return new ConfiguredServiceUser(name, this.factory.create(name), this.beanFactory);
	}

	TokenSource tokenSource(String name) {
		return bean(name).tokenSource();
	}

	/**
	 * Put all configured users together, so that a mistake stops the application and not
	 * its first call.
	 */
	@Override
	public void afterSingletonsInstantiated() {
		configured().forEach(this::get);
	}

	@Override
	public void destroy() {
		this.closed = true;
		made().forEach(ServiceUserClient::close);
	}

	// The unnamed user is put together even where nothing describes it, to say what is
	// missing; unless there are others, one of which may be meant.
	private ConfiguredServiceUser bean(String name) {
		Set<String> configured = configured();
		if (!configured.contains(name) && !(name.equals(ServiceUserClient.DEFAULT_NAME) && configured.isEmpty())) {
			throw new NoSuchServiceUserException(name, names());
		}
		return this.beanFactory.getBean(ServiceUserBeans.user(name), ConfiguredServiceUser.class);
	}

	// Known for good as soon as all definitions are there, which is before any bean is.
	private Set<String> configured() {
		Set<String> known = this.configured;
		if (known == null) {
			known = findConfigured();
			this.configured = known;
		}
		return known;
	}

	private Set<String> findConfigured() {
		Set<String> names = new TreeSet<>(this.settings.named());
		if (this.settings.describesUnnamed() || this.factory.isDescribedByBeans(ServiceUserClient.DEFAULT_NAME)) {
			names.add(ServiceUserClient.DEFAULT_NAME);
		}
		return Collections.unmodifiableSet(names);
	}

	private List<ServiceUserClient> made() {
		return this.made.values().stream().map((made) -> made.client).filter(Objects::nonNull).toList();
	}

	/**
	 * The place of a user that is made while the application runs: taken before the user
	 * is there, and free as soon as it is closed, even if that is before it is whole.
	 */
	private static final class Made {

		private volatile @Nullable ServiceUserClient client;

	}

}
