// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.SharedResources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rejected tokens do not use up connections, whatever becomes of the call: there is one
 * connection for all of them, where the client library can be told so, and a call that
 * kept it would be the last.
 */
class ReactivePoolOfOneTests {

	private static final int ROUNDS = 1_000;

	private static final Duration LONG = Duration.ofSeconds(30);

	private final KeepAliveServer server = new KeepAliveServer();

	private final Tokens tokens = new Tokens();

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	void callWhenTokensAreRejectedAThousandTimesThenConnectionIsFree(Pool pool) throws InterruptedException {
		WebClient client = WebClient.builder()
			.clientConnector(SharedResources.builder()
				.connectorBuilder(() -> pool.builder)
				.build()
				.connector(HttpClientSettings.defaults()))
			.filter(new ServiceUserExchangeFilterFunction(this.tokens,
					new AllowedHosts("test", List.of(), List.of("localhost"), true), null))
			.build();
		for (int i = 0; i < ROUNDS; i++) {
			switch (i % 3) {
				case 0 -> {
					this.tokens.replacement = CompletableFuture.completedFuture(token("second"));
					assertThat(status(client)).isEqualTo(200);
				}
				case 1 -> {
					this.tokens.replacement = CompletableFuture.completedFuture(token("first"));
					assertThat(status(client)).isEqualTo(401);
				}
				default -> {
					this.tokens.replacement = new CompletableFuture<>();
					cancel(client);
				}
			}
		}
		this.tokens.replacement = CompletableFuture.completedFuture(token("second"));
		assertThat(status(client)).isEqualTo(200);
		assertThat(this.server.open()).isLessThanOrEqualTo(pool.most);
	}

	private int status(WebClient client) {
		this.tokens.rejected.drainPermits();
		Integer status = client.get()
			.uri(this.server.uri())
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value()))
			.block(LONG);
		return (status != null) ? status : -1;
	}

	private void cancel(WebClient client) throws InterruptedException {
		this.tokens.rejected.drainPermits();
		Disposable call = client.get().uri(this.server.uri()).retrieve().toBodilessEntity().subscribe();
		assertThat(this.tokens.rejected.tryAcquire(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
		call.dispose();
	}

	private static AccessToken token(String value) {
		return new AccessToken(value, Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
	}

	enum Pool {

		// It has no limit. While the rest of an answer is read, the next call takes
		// another connection; what was kept would be hundreds.
		JDK(ClientHttpConnectorBuilder.jdk(), 20),
		REACTOR(ClientHttpConnectorBuilder.reactor()
			.withHttpClientFactory(() -> HttpClient.create(ConnectionProvider.create("one", 1))), 1),
		HTTP_COMPONENTS(ClientHttpConnectorBuilder.httpComponents()
			.withConnectionManagerCustomizer((manager) -> manager.setMaxConnTotal(1).setMaxConnPerRoute(1)), 1),
		JETTY(ClientHttpConnectorBuilder.jetty()
			.withHttpClientCustomizer((client) -> client.setMaxConnectionsPerDestination(1)), 1);

		private final ClientHttpConnectorBuilder<?> builder;

		private final int most;

		Pool(ClientHttpConnectorBuilder<?> builder, int most) {
			this.builder = builder;
			this.most = most;
		}

	}

	/**
	 * A source whose token is rejected, and replaced by what the test says.
	 */
	private static final class Tokens implements TokenSource {

		private final Semaphore rejected = new Semaphore(0);

		private volatile CompletableFuture<AccessToken> replacement = new CompletableFuture<>();

		@Override
		public CompletableFuture<AccessToken> get() {
			return CompletableFuture.completedFuture(await());
		}

		@Override
		public AccessToken await() {
			return token("first");
		}

		@Override
		public CompletableFuture<AccessToken> reject(AccessToken token) {
			this.rejected.release();
			return this.replacement.copy();
		}

	}

}
