// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.webflux;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.RecordingServer;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

/**
 * Tests that no event loop is blocked, with BlockHound on guard.
 */
class EventLoopTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final RecordingServer API = RecordingServer.start();

	@BeforeAll
	static void guard() {
		BlockHound.install();
	}

	@BeforeEach
	void reset() {
		ZITADEL.reset();
		API.reset();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
		API.close();
	}

	@Test
	void guardWhenThreadIsBlockedThenFails() {
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> Mono.fromCallable(() -> new CountDownLatch(1).await(1, TimeUnit.MILLISECONDS))
				.subscribeOn(Schedulers.parallel())
				.block())
			.withCauseInstanceOf(BlockingOperationError.class);
	}

	@Test
	void callWhenNoTokenIsHeldAndThenOneIsThenNoEventLoopIsBlocked() {
		try (ConfigurableApplicationContext context = start()) {
			WebClient caller = WebClient.create("http://localhost:" + port(context));
			// Many at once, so that some find the token request in flight.
			assertThat(Flux.range(0, 64).flatMap((i) -> relay(caller)).collectList().block(Duration.ofSeconds(30)))
				.hasSize(64)
				.containsOnly(200);
			assertThat(relay(caller).block(Duration.ofSeconds(10))).isEqualTo(200);
			assertThat(ZITADEL.tokenRequests()).hasSize(1);
			assertThat(API.calls()).hasSize(65);
		}
	}

	@Test
	void callWhenTokenRequestFailsThenNoEventLoopIsBlocked() {
		try (ConfigurableApplicationContext context = start()) {
			WebClient caller = WebClient.create("http://localhost:" + port(context));
			ZITADEL.serviceUser().lock();
			assertThat(relay(caller).block(Duration.ofSeconds(10))).isEqualTo(500);
			assertThat(API.calls()).isEmpty();
		}
	}

	@Test
	void awaitWhenThreadMustNotBlockThenIsRefusedUntilATokenIsHeld() {
		try (ConfigurableApplicationContext context = start()) {
			TokenSource tokens = context.getBean(TokenSource.class);
			RestClient restClient = context.getBean(Relay.class).restClient();
			Mono<Integer> call = Mono
				.fromCallable(() -> restClient.get()
					.uri(API.url("/things"))
					.retrieve()
					.toBodilessEntity()
					.getStatusCode()
					.value())
				.subscribeOn(Schedulers.parallel());
			assertThatIllegalStateException().isThrownBy(call::block)
				.withMessageContaining("must not block")
				.withMessageContaining("TokenSource.get()");
			tokens.await();
			assertThat(Mono.fromCallable(tokens::await).subscribeOn(Schedulers.parallel()).block())
				.isEqualTo(tokens.await());
		}
	}

	private static Mono<Integer> relay(WebClient caller) {
		return caller.get()
			.uri("/relay")
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value()));
	}

	private static ConfigurableApplicationContext start() {
		return new SpringApplication(WebFluxApplication.class, Relay.class).run("--server.port=0",
				"--zitadel.service-user.issuer-uri=" + ZITADEL.issuer(),
				"--zitadel.service-user.key-location=" + ZITADEL.serviceUser().key().keyFile(),
				"--zitadel.service-user.allowed-hosts=" + API.authority());
	}

	private static int port(ConfigurableApplicationContext context) {
		return ((WebServerApplicationContext) context).getWebServer().getPort();
	}

	/**
	 * Calls out on the thread of the server that handles a request.
	 *
	 * @param restClient the blocking client
	 */
	@Configuration(proxyBeanMethods = false)
	record Relay(@ServiceUser RestClient restClient) {

		@Bean
		RouterFunction<ServerResponse> relay(@ServiceUser WebClient webClient) {
			return route()
				.GET("/relay",
						(request) -> webClient.get()
							.uri(API.url("/things"))
							.retrieve()
							.toBodilessEntity()
							.then(ServerResponse.ok().build()))
				.build();
		}

	}

}
