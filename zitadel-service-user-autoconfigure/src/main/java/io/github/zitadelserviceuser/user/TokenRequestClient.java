// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;
import io.github.zitadelserviceuser.grant.TimeLimitedRequestFactory;
import io.github.zitadelserviceuser.token.BackgroundTasks;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * The client for discovery and token requests. It shares the application's way to make
 * connections and none of its customizers, one of which may well ask for a token. What is
 * said for it alone cannot undo what keeps a credential safe.
 * <p>
 * Its request factory is made at the first request: a client of the JDK's starts a
 * thread, and an application pays neither for that nor for TLS while it starts. It is no
 * request factory itself: as a bean it would be one of the application's.
 */
final class TokenRequestClient implements DisposableBean {

	private final Supplier<? extends ClientHttpRequestFactory> factory;

	private final Duration limit;

	private final BackgroundTasks tasks;

	private @Nullable FutureTask<ClientHttpRequestFactory> made;

	private @Nullable ClientHttpRequestFactory toDestroy;

	private boolean destroyed;

	/**
	 * Create a new client.
	 * @param factory makes the request factory
	 * @param limit how long one exchange may take
	 * @param tasks where what takes longer than its caller waits is ended, or goes on;
	 * they are closed by somebody else
	 */
	TokenRequestClient(Supplier<? extends ClientHttpRequestFactory> factory, Duration limit, BackgroundTasks tasks) {
		this.factory = factory;
		this.limit = limit;
		this.tasks = tasks;
	}

	static TokenRequestClient of(ClientHttpRequestFactoryBuilder<?> builder, HttpClientSettings settings,
			Duration limit, BackgroundTasks tasks) {
		return new TokenRequestClient(() -> TokenRequestFactoryBuilders.suited(builder).build(settings), limit, tasks);
	}

	/**
	 * Make a client of a service user's own, with the request factory of all.
	 * @param user the name of the service user
	 * @param observationRegistry where the exchanges are observed
	 * @param customizers change the client; its request factory is set afterwards
	 * @return the client
	 * @throws AuthorizedTokenRequestException if it was to call out as a service user
	 */
	RestClient restClient(String user, ObservationRegistry observationRegistry,
			List<Consumer<RestClient.Builder>> customizers) {
		RestClient.Builder builder = RestClient.builder().configureMessageConverters((converters) -> {
		}).observationRegistry(observationRegistry);
		customizers.forEach((customizer) -> customizer.accept(builder));
		builder.requestInterceptors((interceptors) -> requireOthers(user, interceptors));
		return builder
			.requestFactory(new TimeLimitedRequestFactory((uri, method) -> factory().createRequest(uri, method),
					this.limit, this.tasks))
			.build();
	}

	private static void requireOthers(String user, List<?> parts) {
		for (Object part : parts) {
			if (part instanceof ServiceUserHttpRequestInterceptor) {
				throw new AuthorizedTokenRequestException(user,
						"a customizer of their client adds a " + part.getClass().getSimpleName(), null);
			}
		}
	}

	private ClientHttpRequestFactory factory() throws IOException {
		FutureTask<ClientHttpRequestFactory> making = making();
		try {
			return making.get();
		}
		catch (ExecutionException ex) {
			forget(making);
			throw (ex.getCause() instanceof RuntimeException failure) ? failure : new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted while the HTTP client was made");
		}
	}

	/**
	 * Made by a thread that nobody interrupts: what takes longer than a caller waits, as
	 * the first start of Jetty's client may, is there for the next one.
	 * @return what makes it, or has made it
	 */
	private synchronized FutureTask<ClientHttpRequestFactory> making() {
		FutureTask<ClientHttpRequestFactory> making = this.made;
		if (making == null) {
			making = new FutureTask<>(this::make);
			this.tasks.run(making);
			this.made = making;
		}
		return making;
	}

	private ClientHttpRequestFactory make() throws Exception {
		ClientHttpRequestFactory factory = this.factory.get();
		if (factory instanceof InitializingBean bean) {
			bean.afterPropertiesSet();
		}
		keep(factory);
		return factory;
	}

	// Whoever closed this meanwhile did not have it yet.
	private void keep(ClientHttpRequestFactory factory) throws Exception {
		synchronized (this) {
			if (!this.destroyed) {
				this.toDestroy = factory;
				return;
			}
		}
		destroy(factory);
		throw new IllegalStateException("The client for token requests is closed");
	}

	@SuppressWarnings("ReferenceEquality") // a task is equal to itself alone
	private synchronized void forget(FutureTask<ClientHttpRequestFactory> failed) {
		if (this.made == failed) {
			this.made = null;
		}
	}

	@Override
	public void destroy() throws Exception {
		ClientHttpRequestFactory factory;
		synchronized (this) {
			this.destroyed = true;
			factory = this.toDestroy;
			this.toDestroy = null;
		}
		if (factory != null) {
			destroy(factory);
		}
	}

	private static void destroy(ClientHttpRequestFactory factory) throws Exception {
		if (factory instanceof DisposableBean disposable) {
			disposable.destroy();
		}
	}

}
