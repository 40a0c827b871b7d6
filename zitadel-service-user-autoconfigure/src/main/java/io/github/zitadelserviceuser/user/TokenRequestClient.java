// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.grant.TimeLimitedRequestFactory;
import io.github.zitadelserviceuser.token.BackgroundTasks;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * The client for discovery and token requests. It shares the application's way to make
 * connections and none of its customizers, one of which may well ask for a token.
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
		return new TokenRequestClient(() -> suited(builder).build(settings), limit, tasks);
	}

	private static ClientHttpRequestFactoryBuilder<?> suited(ClientHttpRequestFactoryBuilder<?> builder) {
		if (builder instanceof JdkClientHttpRequestFactoryBuilder jdk) {
			return overHttp1(jdk);
		}
		return (builder instanceof HttpComponentsClientHttpRequestFactoryBuilder httpComponents)
				? HttpComponents.withoutQueue(httpComponents) : builder;
	}

	/**
	 * A connection of HTTP/2 that has died serves each attempt of the JDK's client: a
	 * time-out ends the stream and keeps the connection. Who asks once in hours has no
	 * use for one that is kept.
	 * @param builder makes the client
	 * @return the same, over HTTP/1.1
	 */
	private static ClientHttpRequestFactoryBuilder<?> overHttp1(JdkClientHttpRequestFactoryBuilder builder) {
		return builder.withHttpClientCustomizer((client) -> client.version(HttpClient.Version.HTTP_1_1));
	}

	RestClient restClient(ObservationRegistry observationRegistry) {
		return RestClient.builder()
			.requestFactory(new TimeLimitedRequestFactory((uri, method) -> factory().createRequest(uri, method),
					this.limit, this.tasks))
			.configureMessageConverters((converters) -> {
			})
			.observationRegistry(observationRegistry)
			.build();
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
		return factory;
	}

	private synchronized void forget(FutureTask<ClientHttpRequestFactory> failed) {
		if (this.made == failed) {
			this.made = null;
		}
	}

	@Override
	public synchronized void destroy() throws Exception {
		FutureTask<ClientHttpRequestFactory> making = this.made;
		if (making != null && making.isDone() && making.get() instanceof DisposableBean disposable) {
			disposable.destroy();
		}
	}

	/**
	 * Apart, since a class path may lack that library.
	 */
	private static final class HttpComponents {

		private static final int MANY = 10_000;

		/**
		 * Of its own accord that library has five connections to a host, and 25 in all: a
		 * few requests that hang would hold up those of all other service users. Each
		 * user has few at a time.
		 * @param builder makes the client
		 * @return the same, with a connection for each request
		 */
		static ClientHttpRequestFactoryBuilder<?> withoutQueue(HttpComponentsClientHttpRequestFactoryBuilder builder) {
			return builder
				.withConnectionManagerCustomizer((manager) -> manager.setMaxConnPerRoute(MANY).setMaxConnTotal(MANY));
		}

	}

}
