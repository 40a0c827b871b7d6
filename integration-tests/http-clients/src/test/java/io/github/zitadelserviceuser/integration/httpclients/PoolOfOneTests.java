// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import io.github.zitadelserviceuser.client.ServiceUserClientHttpRequestFactory;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.SharedResources;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However an answer of 401 ends, its connection is free again: with a pool of one, or
 * without any pool, a thousand of them leave it as it was.
 */
class PoolOfOneTests {

	private static final int ROUNDS = 1000;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final byte[] ANSWER = "x".repeat(10_000).getBytes(StandardCharsets.UTF_8);

	private final Set<Integer> connections = ConcurrentHashMap.newKeySet();

	private final AtomicInteger rejected = new AtomicInteger();

	private final Tokens tokens = new Tokens();

	private final LocalServer server = new LocalServer("localhost", this::handle);

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	void callWhenEachTokenIsRejectedThenNoConnectionIsKept(Pool pool) {
		try (SharedResources shared = SharedResources.builder().requestFactoryBuilder(pool.builder).build()) {
			ClientHttpRequestFactory wire = shared
				.requestFactory(HttpClientSettings.defaults().withReadTimeout(PATIENCE));
			RestClient client = RestClient.builder()
				.requestFactory(new ServiceUserClientHttpRequestFactory(wire, this.tokens,
						new AllowedHosts("test", List.of(), List.of("localhost"), true), null))
				.defaultStatusHandler((status) -> true, (request, response) -> {
				})
				.build();
			for (int i = 0; i < ROUNDS; i++) {
				this.tokens.spoil();
				assertThat(call(client, i % 3)).isEqualTo((i % 3 == 2) ? 401 : 200);
			}
		}
		assertThat(this.rejected).hasValue(ROUNDS);
		if (pool.keepsConnections) {
			// Reactor Netty closes some, of which it notices too late that they are free.
			assertThat(this.connections).hasSizeLessThan(ROUNDS / 4);
		}
	}

	private int call(RestClient client, int kind) {
		URI uri = this.server.uri("/");
		RestClient.RequestHeadersSpec<?> request = switch (kind) {
			case 0 -> client.get().uri(uri);
			case 1 -> client.post().uri(uri).body("again and again");
			default -> client.post().uri(uri).body(new InputStreamResource(new ByteArrayInputStream(ANSWER)));
		};
		return request.retrieve().toBodilessEntity().getStatusCode().value();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.getRequestBody().readAllBytes();
			this.connections.add(exchange.getRemoteAddress().getPort());
			boolean good = "Bearer good".equals(exchange.getRequestHeaders().getFirst("Authorization"));
			if (!good) {
				this.rejected.incrementAndGet();
			}
			exchange.sendResponseHeaders(good ? 200 : 401, ANSWER.length);
			exchange.getResponseBody().write(ANSWER);
		}
	}

	enum Pool {

		JDK(ClientHttpRequestFactoryBuilder.jdk(), true),

		REACTOR(ClientHttpRequestFactoryBuilder.reactor()
			.withHttpClientFactory(() -> HttpClient
				.create(ConnectionProvider.builder("one").maxConnections(1).pendingAcquireTimeout(PATIENCE).build())),
				true),

		HTTP_COMPONENTS(ClientHttpRequestFactoryBuilder.httpComponents()
			.withConnectionManagerCustomizer((manager) -> manager.setMaxConnTotal(1).setMaxConnPerRoute(1))
			.withDefaultRequestConfigCustomizer((request) -> request.setConnectionRequestTimeout(Timeout.of(PATIENCE))),
				true),

		// It closes a connection whose answer nobody has read to its end.
		JETTY(ClientHttpRequestFactoryBuilder.jetty()
			.withHttpClientCustomizer((client) -> client.setMaxConnectionsPerDestination(1)), false),

		// It closes a connection when a stream is answered with 401.
		SIMPLE(ClientHttpRequestFactoryBuilder.simple(), false);

		private final ClientHttpRequestFactoryBuilder<?> builder;

		private final boolean keepsConnections;

		Pool(ClientHttpRequestFactoryBuilder<?> builder, boolean keepsConnections) {
			this.builder = builder;
			this.keepsConnections = keepsConnections;
		}

	}

	/**
	 * The token is good again as soon as it was rejected.
	 */
	private static final class Tokens implements TokenSource {

		private volatile String value = "good";

		void spoil() {
			this.value = "bad";
		}

		@Override
		public CompletableFuture<AccessToken> get() {
			return CompletableFuture.completedFuture(await());
		}

		@Override
		public AccessToken await() {
			return new AccessToken(this.value, Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
		}

		@Override
		public CompletableFuture<AccessToken> reject(AccessToken token) {
			this.value = "good";
			return get();
		}

	}

}
