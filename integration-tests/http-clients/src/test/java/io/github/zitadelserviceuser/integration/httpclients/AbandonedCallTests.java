// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.SharedResources;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.Disposable;
import reactor.core.publisher.Hooks;

import org.springframework.boot.http.client.HttpClientSettings;
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

	private final Semaphore answers = new Semaphore(0);

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
	void cancelWhenBodyOfA401IsOnItsWayThenNothingIsDroppedAndConnectionIsFreed(Connector connector)
			throws InterruptedException {
		WebClient client = client(connector, false);
		for (int i = 0; i < TIMES; i++) {
			abandon(client, this.tokens.asked);
		}
		assertThat(this.dropped).isEmpty();
		assertThat(this.server.requests()).isEqualTo(TIMES);
		assertThat(this.tokens.rejections).allMatch(CompletableFuture::isCancelled);
	}

	@ParameterizedTest
	@EnumSource
	void cancelWhenA401IsJustArrivingThenNothingIsDroppedAndConnectionIsFreed(Connector connector)
			throws InterruptedException {
		WebClient client = client(connector, false);
		for (int i = 0; i < TIMES; i++) {
			abandon(client, this.answers);
		}
		assertThat(this.dropped).isEmpty();
		assertThat(this.server.requests()).isEqualTo(TIMES);
	}

	@ParameterizedTest
	@EnumSource
	void cancelWhenA401IsReleasedForAnotherTokenThenNothingElseIsSent(Connector connector) throws InterruptedException {
		this.tokens.replace();
		WebClient client = client(connector, false);
		for (int i = 0; i < TIMES; i++) {
			abandon(client, this.tokens.asked);
		}
		assertThat(this.dropped).isEmpty();
		assertThat(this.server.requests()).isEqualTo(TIMES);
	}

	@ParameterizedTest
	@EnumSource
	void cancelWhenBodyOfARedirectIsOnItsWayThenNothingElseIsSentOrDroppedAndConnectionIsFreed(Connector connector)
			throws InterruptedException {
		this.server.redirect();
		WebClient client = client(connector, true);
		for (int i = 0; i < TIMES; i++) {
			abandon(client, this.answers);
		}
		assertThat(this.dropped).isEmpty();
		assertThat(this.server.requests()).isEqualTo(TIMES);
	}

	private void abandon(WebClient client, Semaphore moment) throws InterruptedException {
		Disposable call = client.get().uri(this.server.uri()).retrieve().bodyToMono(String.class).subscribe();
		assertThat(moment.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
		call.dispose();
		this.server.sendBody();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> this.server.occupied() == 0);
	}

	private WebClient client(Connector connector, boolean followRedirects) {
		return WebClient.builder()
			.clientConnector(SharedResources.builder()
				.connectorBuilder(() -> connector.builder)
				.build()
				.connector(HttpClientSettings.defaults()))
			.filter(new ServiceUserExchangeFilterFunction(this.tokens,
					new AllowedHosts("test", List.of(), List.of("localhost"), true), null)
				.withFollowRedirects(followRedirects))
			.filter((request, next) -> next.exchange(request).doOnNext((answer) -> this.answers.release()))
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
	 * A source whose token is rejected, and whose next one does not come unless it is
	 * told.
	 */
	private static final class HeldReplacement implements TokenSource {

		private final List<CompletableFuture<AccessToken>> rejections = new CopyOnWriteArrayList<>();

		private final Semaphore asked = new Semaphore(0);

		private volatile boolean replaced;

		void replace() {
			this.replaced = true;
		}

		@Override
		public CompletableFuture<AccessToken> get() {
			return CompletableFuture.completedFuture(await());
		}

		@Override
		public AccessToken await() {
			return token("rejected");
		}

		@Override
		public CompletableFuture<AccessToken> reject(AccessToken token) {
			CompletableFuture<AccessToken> other = this.replaced ? CompletableFuture.completedFuture(token("other"))
					: new CompletableFuture<>();
			this.rejections.add(other);
			this.asked.release();
			return other;
		}

		private static AccessToken token(String value) {
			return new AccessToken(value, Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
		}

	}

}
