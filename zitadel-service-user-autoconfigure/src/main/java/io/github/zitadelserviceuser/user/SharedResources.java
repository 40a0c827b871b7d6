// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.zitadelserviceuser.client.JdkAuthenticator;
import io.github.zitadelserviceuser.grant.DiscoveryCache;
import io.github.zitadelserviceuser.observation.ObservationCallerContext;
import io.github.zitadelserviceuser.token.BackgroundTasks;
import io.github.zitadelserviceuser.token.CallerContext;
import io.github.zitadelserviceuser.token.DaemonBackgroundTasks;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.ResourceLoader;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * What service users have in common: the client library and its connections, the threads
 * on which tokens are requested, what was discovered of an issuer, the clock, and where
 * observations go. Tokens, credentials, failures and allowed hosts are never shared.
 * <p>
 * Nothing is connected, and no thread is started, before it is needed. Closing ends the
 * threads and connections; it is up to whoever made an instance, when all service users
 * that share it are closed. Instances are safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class SharedResources implements AutoCloseable {

	private final ClientHttpRequestFactoryBuilder<?> requestFactoryBuilder;

	private final Supplier<? extends ClientHttpConnectorBuilder<?>> connectorBuilder;

	private final ClientHttpRequestFactoryBuilder<?> tokenRequestFactoryBuilder;

	private final List<Consumer<RestClient.Builder>> restClient;

	private final List<Consumer<WebClient.Builder>> webClient;

	private final List<Consumer<RestClient.Builder>> tokenRequestClient;

	private final HttpClientSettings settings;

	private final BackgroundTasks tasks;

	private final ObservationRegistry observationRegistry;

	private final CallerContext callerContext;

	private final Clock clock;

	private final ResourceLoader resourceLoader;

	private final SingletonSupplier<ClientHttpRequestFactory> requestFactory;

	private final SingletonSupplier<ClientHttpConnector> connector;

	private final Queue<DisposableBean> disposable = new ConcurrentLinkedQueue<>();

	private final Map<List<Duration>, TokenRequestClient> tokenRequestClients = new ConcurrentHashMap<>();

	private final DiscoveryCache discoveryCache = new DiscoveryCache();

	private SharedResources(Builder builder) {
		this.resourceLoader = (builder.resourceLoader != null) ? builder.resourceLoader : new DefaultResourceLoader();
		ClassLoader classLoader = this.resourceLoader.getClassLoader();
		this.requestFactoryBuilder = (builder.requestFactoryBuilder != null) ? builder.requestFactoryBuilder
				: ClientHttpRequestFactoryBuilder.detect(classLoader);
		this.tokenRequestFactoryBuilder = (builder.tokenRequestFactoryBuilder != null)
				? builder.tokenRequestFactoryBuilder : this.requestFactoryBuilder;
		this.connectorBuilder = (builder.connectorBuilder != null) ? builder.connectorBuilder
				: () -> ClientHttpConnectorBuilder.detect(classLoader);
		this.restClient = List.copyOf(builder.restClient);
		this.webClient = List.copyOf(builder.webClient);
		this.tokenRequestClient = List.copyOf(builder.tokenRequestClient);
		this.settings = builder.settings.withRedirects(HttpRedirects.DONT_FOLLOW);
		this.requestFactory = SingletonSupplier.of(() -> requestFactory(this.settings));
		this.connector = SingletonSupplier.of(() -> connector(this.settings));
		this.tasks = (builder.tasks != null) ? builder.tasks : new DaemonBackgroundTasks("service-user-token");
		this.observationRegistry = builder.observationRegistry;
		this.callerContext = (builder.callerContext != null) ? builder.callerContext
				: new ObservationCallerContext(builder.observationRegistry);
		this.clock = builder.clock;
	}

	/**
	 * Create resources with the client library that is found on the class path, Spring
	 * Boot's defaults for it, and nothing observed.
	 * @return new resources, to be closed by the caller
	 */
	public static SharedResources create() {
		return builder().build();
	}

	/**
	 * Start to build resources.
	 * @return a builder with the defaults of {@link #create()}
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return the request factory for calls, one for all service users. It follows no
	 * redirects.
	 * @return the request factory
	 */
	ClientHttpRequestFactory requestFactory() {
		return this.requestFactory.obtain();
	}

	/**
	 * Make a request factory for calls by the same client library, with settings and
	 * connections of its own, for those who authorize it. It follows no redirects,
	 * whatever the settings say.
	 * @param settings the settings of its connections
	 * @return a new request factory, which is closed with these resources
	 */
	public ClientHttpRequestFactory requestFactory(HttpClientSettings settings) {
		ClientHttpRequestFactory made = JettyAnswers.handedOut(this.requestFactoryBuilder)
			.build(settings.withRedirects(HttpRedirects.DONT_FOLLOW));
		if (made instanceof DisposableBean bean) {
			this.disposable.add(bean);
		}
		return made;
	}

	/**
	 * Return the connector for calls, one for all service users. It follows no redirects.
	 * @return the connector
	 */
	ClientHttpConnector connector() {
		return this.connector.obtain();
	}

	/**
	 * Make a connector for calls by the same client library, with settings and
	 * connections of its own, for those who authorize it. It follows no redirects,
	 * whatever the settings say.
	 * @param settings the settings of its connections
	 * @return a new connector
	 */
	public ClientHttpConnector connector(HttpClientSettings settings) {
		ClientHttpConnector made = JettyAnswers.handedOutReactively(this.connectorBuilder.get())
			.build(settings.withRedirects(HttpRedirects.DONT_FOLLOW));
		JdkAuthenticator.warnOf(made);
		return made;
	}

	/**
	 * Return the client for discovery and token requests, one for all users with the same
	 * time-outs and nothing of their own.
	 * @param connectTimeout how long to wait for a connection
	 * @param readTimeout how long to wait for more of an answer
	 * @param limit how long one exchange may take
	 * @param customizers change what makes its request factory, for one user
	 * @return the client, which is the user's to close if there are customizers
	 */
	TokenRequestClient tokenRequestClient(Duration connectTimeout, Duration readTimeout, Duration limit,
			List<UnaryOperator<ClientHttpRequestFactoryBuilder<?>>> customizers) {
		HttpClientSettings settings = this.settings.withTimeouts(connectTimeout, readTimeout);
		if (!customizers.isEmpty()) {
			ClientHttpRequestFactoryBuilder<?> builder = this.tokenRequestFactoryBuilder;
			for (UnaryOperator<ClientHttpRequestFactoryBuilder<?>> customizer : customizers) {
				builder = customizer.apply(builder);
			}
			return TokenRequestClient.of(builder, settings, limit, this.tasks);
		}
		return this.tokenRequestClients.computeIfAbsent(List.of(connectTimeout, readTimeout, limit),
				(key) -> TokenRequestClient.of(this.tokenRequestFactoryBuilder, settings, limit, this.tasks));
	}

	List<Consumer<RestClient.Builder>> restClient() {
		return this.restClient;
	}

	List<Consumer<WebClient.Builder>> webClient() {
		return this.webClient;
	}

	List<Consumer<RestClient.Builder>> tokenRequestClient() {
		return this.tokenRequestClient;
	}

	BackgroundTasks tasks() {
		return this.tasks;
	}

	ObservationRegistry observationRegistry() {
		return this.observationRegistry;
	}

	CallerContext callerContext() {
		return this.callerContext;
	}

	DiscoveryCache discoveryCache() {
		return this.discoveryCache;
	}

	Clock clock() {
		return this.clock;
	}

	ResourceLoader resourceLoader() {
		return this.resourceLoader;
	}

	boolean isPresent(String className) {
		return ClassUtils.isPresent(className, this.resourceLoader.getClassLoader());
	}

	@Override
	public void close() {
		Closing.quietly(this.tasks);
		this.tokenRequestClients.values().forEach((client) -> Closing.quietly(client::destroy));
		this.disposable.forEach((made) -> Closing.quietly(made::destroy));
	}

	/**
	 * Builds {@link SharedResources}.
	 *
	 * @since 0.1.0
	 */
	public static final class Builder {

		private @Nullable ClientHttpRequestFactoryBuilder<?> requestFactoryBuilder;

		private @Nullable Supplier<? extends ClientHttpConnectorBuilder<?>> connectorBuilder;

		private final List<Consumer<RestClient.Builder>> restClient = new ArrayList<>();

		private final List<Consumer<WebClient.Builder>> webClient = new ArrayList<>();

		private @Nullable ClientHttpRequestFactoryBuilder<?> tokenRequestFactoryBuilder;

		private final List<Consumer<RestClient.Builder>> tokenRequestClient = new ArrayList<>();

		private HttpClientSettings settings = HttpClientSettings.defaults();

		private @Nullable BackgroundTasks tasks;

		private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

		private @Nullable CallerContext callerContext;

		private Clock clock = Clock.systemUTC();

		private @Nullable ResourceLoader resourceLoader;

		private Builder() {
		}

		/**
		 * Set the client library for token requests and for calls by a
		 * {@link org.springframework.web.client.RestClient}.
		 * @param builder makes its request factories
		 * @return this builder
		 */
		public Builder requestFactoryBuilder(ClientHttpRequestFactoryBuilder<?> builder) {
			this.requestFactoryBuilder = builder;
			return this;
		}

		/**
		 * Set the client library for calls by a {@code WebClient}.
		 * @param builder gives what makes its connectors; asked when the first such
		 * client is made
		 * @return this builder
		 */
		public Builder connectorBuilder(Supplier<? extends ClientHttpConnectorBuilder<?>> builder) {
			this.connectorBuilder = builder;
			return this;
		}

		/**
		 * Add what changes the {@link RestClient} of each user, before what is for one of
		 * them alone. Its request factory is replaced afterwards, and observing is up to
		 * what is added.
		 * @param customizer takes each builder
		 * @return this builder
		 */
		public Builder restClient(Consumer<RestClient.Builder> customizer) {
			this.restClient.add(customizer);
			return this;
		}

		/**
		 * Add what changes the {@link WebClient} of each user, before what is for one of
		 * them alone. Its connector is replaced afterwards, and observing is up to what
		 * is added.
		 * @param customizer takes each builder
		 * @return this builder
		 */
		public Builder webClient(Consumer<WebClient.Builder> customizer) {
			this.webClient.add(customizer);
			return this;
		}

		/**
		 * Set the client library for token requests, where it is another than for calls.
		 * @param builder makes its request factories, which do not follow redirects; see
		 * {@link TokenRequestFactoryBuilderCustomizer}
		 * @return this builder
		 */
		public Builder tokenRequestFactoryBuilder(ClientHttpRequestFactoryBuilder<?> builder) {
			this.tokenRequestFactoryBuilder = builder;
			return this;
		}

		/**
		 * Add what changes the client for token requests of each user, before what is for
		 * one of them alone.
		 * @param customizer takes each builder; see {@link TokenRequestClientCustomizer}
		 * @return this builder
		 */
		public Builder tokenRequestClient(Consumer<RestClient.Builder> customizer) {
			this.tokenRequestClient.add(customizer);
			return this;
		}

		/**
		 * Set the settings of connections: proxies and trust, and the time-outs of calls.
		 * Whatever they say, no redirect is followed by the library.
		 * @param settings the settings
		 * @return this builder
		 */
		public Builder settings(HttpClientSettings settings) {
			this.settings = settings;
			return this;
		}

		/**
		 * Set where token requests run. They are closed together with the resources.
		 * @param tasks the background tasks
		 * @return this builder
		 */
		public Builder tasks(BackgroundTasks tasks) {
			this.tasks = tasks;
			return this;
		}

		/**
		 * Set where token requests and calls are observed.
		 * @param registry the registry
		 * @return this builder
		 */
		public Builder observationRegistry(ObservationRegistry registry) {
			this.observationRegistry = Objects.requireNonNull(registry, "registry must not be null");
			return this;
		}

		/**
		 * Set what of a waiting caller goes along with the request that is made for it,
		 * instead of its observation alone.
		 * @param callerContext what to carry over
		 * @return this builder
		 */
		public Builder callerContext(CallerContext callerContext) {
			this.callerContext = callerContext;
			return this;
		}

		/**
		 * Set the clock by which tokens and keys expire and assertions are dated.
		 * @param clock the wall clock
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Set what resolves the locations of keys and secrets.
		 * @param resourceLoader the resource loader
		 * @return this builder
		 */
		public Builder resourceLoader(ResourceLoader resourceLoader) {
			this.resourceLoader = resourceLoader;
			return this;
		}

		/**
		 * Build the resources.
		 * @return new resources, to be closed by the caller
		 */
		public SharedResources build() {
			return new SharedResources(this);
		}

	}

}
