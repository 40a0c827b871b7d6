// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Applications;
import io.github.zitadelserviceuser.integration.Clients;
import io.github.zitadelserviceuser.integration.RecordingServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many callers come while no token is held, half of them blocking and half reactive.
 */
class ColdCacheTests {

	private static final int CALLERS_OF_EACH_KIND = 250;

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final RecordingServer API = RecordingServer.start();

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

	@RepeatedTest(10)
	void callWhenFiveHundredComeAtOnceThenOneTokenIsRequested() throws Exception {
		try (ConfigurableApplicationContext context = Applications.startWithClients(PlainApplication.class, ZITADEL,
				"zitadel.service-user.allowed-hosts=" + API.authority(), "zitadel.service-user.token-timeout=60s")) {
			Clients clients = context.getBean(Clients.class);
			ZITADEL.tokenEndpoint().hold();
			List<CompletableFuture<String>> reactive = new ArrayList<>();
			Map<Thread, CompletableFuture<String>> blocking = new ConcurrentHashMap<>();
			for (int i = 0; i < CALLERS_OF_EACH_KIND; i++) {
				callBlocking(clients.restClient(), blocking);
				reactive.add(callReactive(clients.webClient()));
			}
			ZITADEL.tokenEndpoint().awaitWaiting(1);
			awaitBlocked(blocking);
			assertThat(reactive).noneMatch(CompletableFuture::isDone);
			assertThat(API.calls()).isEmpty();

			ZITADEL.tokenEndpoint().release();
			assertThat(reactive).allSatisfy(ColdCacheTests::assertAnswered);
			assertThat(blocking.values()).hasSize(CALLERS_OF_EACH_KIND).allSatisfy(ColdCacheTests::assertAnswered);
		}
		assertThat(ZITADEL.discovery().requestCount()).isEqualTo(1);
		assertThat(ZITADEL.tokenEndpoint().requestCount()).isEqualTo(1);
		assertThat(API.calls()).hasSize(2 * CALLERS_OF_EACH_KIND);
		assertThat(API.calls()).extracting(RecordingServer.Call::authorization)
			.containsOnly(List.of("Bearer " + ZITADEL.issuedTokens().get(0).value()));
	}

	private static CompletableFuture<String> callReactive(WebClient client) {
		return client.get().uri(API.url("/reactive")).retrieve().bodyToMono(String.class).toFuture();
	}

	private static void callBlocking(RestClient client, Map<Thread, CompletableFuture<String>> callers) {
		CompletableFuture<String> answer = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				answer.complete(client.get().uri(API.url("/blocking")).retrieve().body(String.class));
			}
			catch (RuntimeException ex) {
				answer.completeExceptionally(ex);
			}
		});
		thread.setDaemon(true);
		callers.put(thread, answer);
		thread.start();
	}

	private static void awaitBlocked(Map<Thread, CompletableFuture<String>> callers) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(10))
			.untilAsserted(
					() -> assertThat(callers.keySet()).extracting(Thread::getState).containsOnly(Thread.State.WAITING));
	}

	private static void assertAnswered(CompletableFuture<String> answer) throws Exception {
		assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo("answered");
	}

}
