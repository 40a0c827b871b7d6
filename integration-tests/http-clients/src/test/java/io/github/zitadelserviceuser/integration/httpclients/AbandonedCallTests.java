// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Hooks;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A caller gives up while it waits for the token to send instead of a rejected one, and
 * the body of the answer that nobody will read is on its way.
 */
class AbandonedCallTests {

	private static final int TIMES = 20;

	private final List<Throwable> dropped = new CopyOnWriteArrayList<>();

	private final AtomicInteger answers = new AtomicInteger();

	private final HeldReplacement tokens = new HeldReplacement();

	private final SlowServer server = new SlowServer();

	@BeforeEach
	void listen() {
		Hooks.onErrorDropped(this.dropped::add);
	}

	@AfterEach
	void close() {
		Hooks.resetOnErrorDropped();
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	void cancelWhenBodyOfA401IsOnItsWayThenNothingIsDroppedAndConnectionIsFreed(Connector connector) {
		WebClient client = client(connector, false);
		for (int i = 1; i <= TIMES; i++) {
			int calls = i;
			abandon(client, () -> this.tokens.rejections.size() == calls);
		}
		assertThat(this.dropped).isEmpty();
		assertThat(this.tokens.rejections).allMatch(CompletableFuture::isCancelled);
	}

	@ParameterizedTest
	// Jetty's client aborts a request of which nothing was read, in its own way.
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "JETTY")
	void cancelWhenBodyOfARedirectIsOnItsWayThenNothingIsDroppedAndConnectionIsFreed(Connector connector) {
		this.server.redirect();
		WebClient client = client(connector, true);
		for (int i = 1; i <= TIMES; i++) {
			int calls = i;
			abandon(client, () -> this.answers.get() == calls);
		}
		assertThat(this.dropped).isEmpty();
	}

	private void abandon(WebClient client, Callable<Boolean> answered) {
		Disposable call = client.get().uri(this.server.uri()).retrieve().bodyToMono(String.class).subscribe();
		Awaitility.await().until(answered);
		call.dispose();
		this.server.sendBody();
		Awaitility.await().until(() -> this.server.occupied() == 0);
	}

	private WebClient client(Connector connector, boolean followRedirects) {
		return WebClient.builder()
			.clientConnector(
					connector.builder.build(HttpClientSettings.defaults().withRedirects(HttpRedirects.DONT_FOLLOW)))
			.filter(new ServiceUserExchangeFilterFunction(this.tokens,
					new AllowedHosts("test", List.of(), List.of("localhost"), true), null)
				.withFollowRedirects(followRedirects))
			.filter((request, next) -> next.exchange(request).doOnNext((answer) -> this.answers.incrementAndGet()))
			.build();
	}

	enum Connector {

		JDK(ClientHttpConnectorBuilder.jdk()), REACTOR(ClientHttpConnectorBuilder.reactor()),
		HTTP_COMPONENTS(ClientHttpConnectorBuilder.httpComponents()), JETTY(ClientHttpConnectorBuilder.jetty());

		private final ClientHttpConnectorBuilder<?> builder;

		Connector(ClientHttpConnectorBuilder<?> builder) {
			this.builder = builder;
		}

	}

	/**
	 * A source whose token is rejected, and whose next one does not come.
	 */
	private static final class HeldReplacement implements TokenSource {

		private final List<CompletableFuture<AccessToken>> rejections = new CopyOnWriteArrayList<>();

		@Override
		public CompletableFuture<AccessToken> get() {
			return CompletableFuture.completedFuture(await());
		}

		@Override
		public AccessToken await() {
			return new AccessToken("rejected", Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
		}

		@Override
		public CompletableFuture<AccessToken> reject(AccessToken token) {
			CompletableFuture<AccessToken> never = new CompletableFuture<>();
			this.rejections.add(never);
			return never;
		}

	}

}
