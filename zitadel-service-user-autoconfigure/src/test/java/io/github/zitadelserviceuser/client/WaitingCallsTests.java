// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Callers that come while no token is held: how they wait, give up and fail.
 */
class WaitingCallsTests {

	private static final URI TARGET = URI.create("https://zitadel.example.com/things");

	private final BlockingQueue<CompletableFuture<TokenResponse>> answers = new LinkedBlockingQueue<>();

	private final RefreshingTokenSource tokens = RefreshingTokenSource.builder(this::request)
		.nonBlockingThread(Schedulers::isInNonBlockingThread)
		.build();

	private final List<String> sent = new ArrayList<>();

	private final List<String> threads = new ArrayList<>();

	@AfterEach
	void close() {
		this.tokens.close();
	}

	@Test
	void callWhenTokenComesThenGoesOnElsewhereThanWhereTheTokenWasRequested() {
		CompletableFuture<TokenResponse> answer = new CompletableFuture<>();
		this.answers.add(answer);
		StepVerifier.create(reactive(this.tokens))
			.then(() -> answer.complete(token("one")))
			.expectNextCount(1)
			.verifyComplete();
		assertThat(this.sent).containsExactly("Bearer one");
		assertThat(this.threads).allMatch((thread) -> thread.startsWith("parallel-"));
	}

	@Test
	void callWhenTokenIsHeldThenGoesOnAtOnce() {
		this.answers.add(CompletableFuture.completedFuture(token("one")));
		this.tokens.await();
		StepVerifier.create(reactive(this.tokens)).expectNextCount(1).verifyComplete();
		assertThat(this.threads).containsExactly(Thread.currentThread().getName());
	}

	@Test
	void cancelWhenOthersWaitThenTheyGoOn() {
		CompletableFuture<TokenResponse> answer = new CompletableFuture<>();
		this.answers.add(answer);
		Disposable first = reactive(this.tokens).subscribe();
		CompletableFuture<ClientResponse> second = reactive(this.tokens).toFuture();
		CompletableFuture<ClientResponse> third = reactive(this.tokens).timeout(Duration.ofMillis(1)).toFuture();
		assertThat(third).failsWithin(Duration.ofSeconds(10));
		first.dispose();
		assertThat(second).isNotDone();
		answer.complete(token("one"));
		assertThat(second).succeedsWithin(Duration.ofSeconds(10));
		assertThat(this.sent).containsExactly("Bearer one");
	}

	@Test
	void callWhenTokenRequestFailsThenEachCallerGetsAFailureOfItsOwn() {
		CompletableFuture<TokenResponse> answer = new CompletableFuture<>();
		this.answers.add(answer);
		List<CompletableFuture<ClientResponse>> calls = List.of(reactive(this.tokens).toFuture(),
				reactive(this.tokens).toFuture());
		answer.completeExceptionally(new TokenRequestException(Reason.REFUSED, "refused"));
		List<Throwable> failures = new ArrayList<>();
		calls.forEach((call) -> assertThat(call).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingRootCause()
			.satisfies((failure) -> assertThat(failure).hasMessage("refused")));
		calls.forEach((call) -> failures.add(call.handle((response, failure) -> failure).join()));
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(TokenRequestException.class).isThrownBy(() -> blocking(this.tokens))
				.satisfies(failures::add);
		}
		assertThat(failures).hasSize(4).allMatch(TokenRequestException.class::isInstance).doesNotHaveDuplicates();
		assertThat(failures.stream().map(System::identityHashCode).distinct()).hasSize(4);
		assertThat(this.sent).isEmpty();
	}

	@Test
	void subscribeAgainThenGetsTheTokenOfThatTime() {
		ScriptedTokenSource scripted = new ScriptedTokenSource();
		Mono<ClientResponse> call = reactive(scripted);
		call.block();
		scripted.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("later")));
		call.block();
		assertThat(this.sent).containsExactly("Bearer first", "Bearer later");
	}

	@Test
	void assembleWhenNobodySubscribesThenNoTokenIsAskedFor() {
		Mono<ClientResponse> call = reactive(this.tokens);
		assertThat(call).isNotNull();
		assertThat(this.tokens.toString()).contains("no token");
		this.answers.add(CompletableFuture.completedFuture(token("one")));
		call.block();
		assertThat(this.sent).containsExactly("Bearer one");
	}

	@Test
	void blockWhenThreadMustNotAndNoTokenIsHeldThenRefusedAndThenServedFromTheHeldToken() {
		this.answers.add(CompletableFuture.completedFuture(token("one")));
		CompletableFuture<TokenResponse> never = new CompletableFuture<>();
		RefreshingTokenSource cold = RefreshingTokenSource.builder(never::join)
			.nonBlockingThread(Schedulers::isInNonBlockingThread)
			.build();
		assertThatIllegalStateException().isThrownBy(() -> onNonBlockingThread(cold))
			.withMessageContaining("must not block")
			.withMessageContaining("WebClient");
		never.complete(token("never"));
		cold.close();
		this.tokens.await();
		onNonBlockingThread(this.tokens);
		assertThat(this.sent).containsExactly("Bearer one");
	}

	private void onNonBlockingThread(TokenSource source) {
		Mono.fromCallable(() -> blocking(source)).subscribeOn(Schedulers.parallel()).block();
	}

	private Mono<ClientResponse> reactive(TokenSource source) {
		ExchangeFunction exchange = (request) -> WrittenRequest.headers(request).map((headers) -> {
			this.sent.addAll(headers.getOrEmpty("Authorization"));
			this.threads.add(Thread.currentThread().getName());
			return ClientResponse.create(HttpStatus.OK).build();
		});
		return new ServiceUserExchangeFilterFunction(source, AuthorizedClient.hosts(), null)
			.filter(ClientRequest.create(HttpMethod.GET, TARGET).build(), exchange);
	}

	private int blocking(TokenSource source) throws Exception {
		return new ServiceUserClientHttpRequestFactory((uri, method) -> new MockClientHttpRequest(method, uri) {

			@Override
			protected ClientHttpResponse executeInternal() {
				WaitingCallsTests.this.sent.addAll(getHeaders().getOrEmpty("Authorization"));
				return new MockClientHttpResponse(new byte[0], HttpStatus.OK);
			}

		}, source, AuthorizedClient.hosts(), null).createRequest(TARGET, HttpMethod.GET)
			.execute()
			.getStatusCode()
			.value();
	}

	private TokenResponse request() {
		try {
			return this.answers.take().join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new TokenRequestException(Reason.CANCELLED, "interrupted", ex);
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof TokenRequestException failure) ? failure : ex;
		}
	}

	private static TokenResponse token(String value) {
		return new TokenResponse(value, Duration.ofHours(1));
	}

}
