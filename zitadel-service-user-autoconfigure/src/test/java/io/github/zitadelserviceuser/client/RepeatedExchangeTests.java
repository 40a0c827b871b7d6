// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.Origin;
import org.junit.jupiter.api.Test;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.support.ClientResponseWrapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RepeatedExchange} as an operator: what it owes to those before and
 * behind it.
 */
class RepeatedExchangeTests {

	private static final int ROUNDS = 2_000;

	private static final URI RESOURCE = URI.create("https://api.example.com/resource");

	private final ScriptedTokenSource tokens = new ScriptedTokenSource();

	private final ClientRequest request = ClientRequest.create(HttpMethod.GET, RESOURCE).build();

	private final AtomicInteger released = new AtomicInteger();

	@Test
	void exchangeWhenCallerGivesUpWhileA401ArrivesThenItIsReleasedOnce() throws Exception {
		CyclicBarrier start = new CyclicBarrier(2);
		ExecutorService server = Executors.newSingleThreadExecutor();
		for (int round = 0; round < ROUNDS; round++) {
			this.released.set(0);
			this.tokens.rejected().clear();
			this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("first")));
			this.tokens.replaceBy(new CompletableFuture<>());
			Sinks.One<ClientResponse> answer = Sinks.one();
			Disposable call = exchange((sent) -> WrittenRequest.headers(sent).then(answer.asMono())).subscribe();
			Future<?> answering = server.submit(() -> {
				await(start);
				answer.tryEmitValue(rejection());
			});
			await(start);
			call.dispose();
			answering.get(30, TimeUnit.SECONDS);
			assertThat(this.released).hasValue(this.tokens.rejected().size());
		}
		server.shutdownNow();
	}

	@Test
	void exchangeWhenRepeatedThenFirstAnswerIsReleasedAndSecondIsTheOnlyOne() {
		AtomicInteger requests = new AtomicInteger();
		StepVerifier
			.create(exchange((sent) -> WrittenRequest.headers(sent)
				.map((headers) -> (requests.incrementAndGet() == 1) ? rejection()
						: ClientResponse.create(HttpStatus.OK).build())))
			.expectNextMatches((response) -> response.statusCode().equals(HttpStatus.OK))
			.verifyComplete();
		assertThat(this.released).hasValue(1);
		assertThat(requests).hasValue(2);
	}

	@Test
	void exchangeWhenCallerRequestsLaterThenGetsNothingBefore() {
		StepVerifier.create(exchange((sent) -> WrittenRequest.answered(sent, HttpStatus.OK)), 0)
			.expectSubscription()
			.then(() -> assertThat(this.tokens.rejected()).isEmpty())
			.thenRequest(1)
			.expectNextCount(1)
			.verifyComplete();
	}

	@Test
	void exchangeWhenAnswerCannotBeJudgedThenFailsOnce() {
		IllegalArgumentException failure = new IllegalArgumentException("no such status");
		StepVerifier.create(exchange(
				(sent) -> WrittenRequest.headers(sent).map((headers) -> new ClientResponseWrapper(rejection()) {

					@Override
					public HttpStatusCode statusCode() {
						throw failure;
					}

				})))
			.verifyErrorMatches(failure::equals);
	}

	@Test
	void exchangeWhenFailureComesAfterA401ThenIsDropped() {
		IllegalStateException failure = new IllegalStateException("late");
		StepVerifier.create(exchange((sent) -> WrittenRequest.headers(sent).then(new Mono<>() {

			@Override
			public void subscribe(CoreSubscriber<? super ClientResponse> subscriber) {
				subscriber.onSubscribe(Operators.emptySubscription());
				RepeatedExchangeTests.this.tokens.keepWhenRejected();
				subscriber.onNext(rejection());
				subscriber.onError(failure);
			}

		})))
			.expectNextMatches((response) -> response.statusCode().equals(HttpStatus.UNAUTHORIZED))
			.expectComplete()
			.verifyThenAssertThat()
			.hasDroppedErrorMatching(failure::equals);
	}

	private Mono<ClientResponse> exchange(ExchangeFunction next) {
		AllowedHosts allowedHosts = new AllowedHosts("zitadel.service-user", List.of(Origin.of(RESOURCE)), List.of(),
				true);
		return new ServiceUserExchangeFilterFunction(this.tokens, allowedHosts, null).filter(this.request, next);
	}

	private ClientResponse rejection() {
		return ClientResponse.create(HttpStatus.UNAUTHORIZED).body(Flux.defer(() -> {
			this.released.incrementAndGet();
			return Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(new byte[1]));
		})).build();
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
			throw new AssertionError(ex);
		}
	}

}
