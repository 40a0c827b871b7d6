// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.Origin;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.junit.jupiter.api.RepeatedTest;

import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many callers are answered 401 at once, half of them blocking and half reactive.
 */
class RejectedTokenCrowdTests {

	private static final int CALLERS_OF_EACH_KIND = 100;

	@RepeatedTest(5)
	void callWhenAllAreRejectedAtOnceThenOneTokenIsRequested() throws Exception {
		AtomicInteger requests = new AtomicInteger();
		AtomicLong nanos = new AtomicLong();
		ExecutorService callers = Executors.newCachedThreadPool();
		try (RecordingServer server = new RecordingServer();
				RefreshingTokenSource tokens = RefreshingTokenSource
					.builder(() -> new TokenResponse((requests.incrementAndGet() == 1) ? "first" : "second",
							Duration.ofHours(12)))
					.time(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), nanos::get)
					.build()) {
			tokens.await();
			// Old enough for a new one to do better.
			nanos.addAndGet(Duration.ofSeconds(10).toNanos());
			AllowedHosts hosts = new AllowedHosts("test", Set.of(Origin.of(server.uri())), List.of(), true);
			RestClient restClient = RestClient.builder()
				.requestFactory(
						new ServiceUserClientHttpRequestFactory(new JdkClientHttpRequestFactory(), tokens, hosts, null))
				.build();
			WebClient webClient = WebClient.builder()
				.clientConnector(new JdkClientHttpConnector())
				.filter(new ServiceUserExchangeFilterFunction(tokens, hosts, null))
				.build();
			CountDownLatch start = new CountDownLatch(1);
			List<CompletableFuture<String>> answers = new ArrayList<>();
			for (int i = 0; i < CALLERS_OF_EACH_KIND; i++) {
				answers.add(CompletableFuture.supplyAsync(() -> {
					await(start);
					return restClient.get().uri(server.uri()).retrieve().body(String.class);
				}, callers));
				answers.add(CompletableFuture.supplyAsync(() -> {
					await(start);
					return webClient.get().uri(server.uri()).retrieve().bodyToMono(String.class).block();
				}, callers));
			}
			start.countDown();
			assertThat(answers).allSatisfy((answer) -> assertThat(answer.get()).isEqualTo("welcome"));
			assertThat(requests).hasValue(2);
		}
		finally {
			callers.shutdownNow();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
