// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.life;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

import io.github.zitadelserviceuser.benchmarks.call.StubConnector;
import io.github.zitadelserviceuser.benchmarks.call.StubRequestFactory;
import io.github.zitadelserviceuser.benchmarks.holder.Holder;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenListener;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Calls in real time by the clients of a service user, 1,000 a second by each, while one
 * short token follows another. The token endpoint is on the loopback interface. The
 * resource is in the same place as the callers, and looks at each token by the clock of
 * the server.
 *
 * @param blocking the calls by {@link RestClient}
 * @param reactive the calls by {@link WebClient}
 * @param requests the token requests
 * @param refreshes when another token came, by {@link System#nanoTime()}
 */
record ShortTokenCalls(Calls blocking, Calls reactive, int requests, Collection<Long> refreshes) {

	static final Duration LATENCY = Duration.ofMillis(200);

	private static final int AROUND_MILLIS = 1_000;

	/**
	 * Make the calls.
	 * @param lifetime how long a token lives
	 * @param duration for how long
	 * @return what became of them
	 * @throws Exception if interrupted
	 */
	static ShortTokenCalls make(Duration lifetime, Duration duration) throws Exception {
		Collection<Long> refreshes = new ConcurrentLinkedQueue<>();
		try (FakeZitadel zitadel = FakeZitadel.start(); ServiceUserClient user = user(zitadel, refreshes)) {
			// What it tells is a second less.
			zitadel.tokenLifetime(lifetime.plusSeconds(1));
			zitadel.tokenEndpoint().delay(LATENCY);
			URI resource = URI.create(zitadel.issuer() + "/resource");
			RestClient restClient = user.restClient();
			WebClient webClient = user.webClient();
			Holder blocking = () -> restClient.get().uri(resource).retrieve().toBodilessEntity();
			Mono<?> call = webClient.get().uri(resource).retrieve().toBodilessEntity();
			blocking.token();
			FutureTask<Calls> reactive = new FutureTask<>(() -> Calls.make(new Reactive(call), false, duration));
			new Thread(reactive, "reactive-calls").start();
			Calls calls = Calls.make(blocking, true, duration);
			return new ShortTokenCalls(calls, reactive.get(), zitadel.tokenEndpoint().requestCount(), refreshes);
		}
	}

	private static ServiceUserClient user(FakeZitadel zitadel, Collection<Long> refreshes) {
		Predicate<HttpHeaders> valid = (headers) -> zitadel
			.isValid(String.valueOf(headers.getFirst(HttpHeaders.AUTHORIZATION)).replace("Bearer ", ""));
		return ServiceUserClient.builder()
			.issuerUri(zitadel.issuer())
			.keyLocation(zitadel.serviceUser().keyFile().toString())
			.restClient((builder) -> builder.requestFactory(new StubRequestFactory(valid)))
			.webClient((builder) -> builder.clientConnector(new StubConnector(valid)))
			.tokenListener(new TokenListener() {

				@Override
				public void onRefreshed(AccessToken token) {
					refreshes.add(System.nanoTime());
				}

			})
			.build();
	}

	/**
	 * Return how long calls took from a second before until a second after another token
	 * came.
	 * @param calls which calls
	 * @return nanoseconds, in ascending order
	 */
	long[] aroundRefreshes(Calls calls) {
		return calls.sorted(isAroundRefresh(calls));
	}

	/**
	 * Return how long the other calls took.
	 * @param calls which calls
	 * @return nanoseconds, in ascending order
	 */
	long[] atOtherTimes(Calls calls) {
		return calls.sorted(isAroundRefresh(calls).negate());
	}

	private IntPredicate isAroundRefresh(Calls calls) {
		int[] refreshes = this.refreshes.stream().mapToInt(calls::at).toArray();
		return (millis) -> {
			for (int refresh : refreshes) {
				if (Math.abs(millis - refresh) <= AROUND_MILLIS) {
					return true;
				}
			}
			return false;
		};
	}

	/**
	 * Calls that nobody waits for.
	 *
	 * @param call one of them
	 */
	private record Reactive(Mono<?> call) implements Holder {

		@Override
		public Object token() {
			return Objects.requireNonNull(this.call.block());
		}

		@Override
		public Mono<?> tokenLater() {
			return this.call;
		}

	}

}
