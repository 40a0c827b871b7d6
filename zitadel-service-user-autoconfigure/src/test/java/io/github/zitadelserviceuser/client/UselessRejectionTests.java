// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of an answer of 401 where the token source does not do what it should.
 */
class UselessRejectionTests {

	private static final URI API = URI.create("https://zitadel.example.com/things");

	private final AtomicInteger closed = new AtomicInteger();

	@ParameterizedTest
	@EnumSource
	void interceptWhenRejectionFailsThenAnswerIsTheOriginalOneAndOpen(Rejection rejection) throws Exception {
		ServiceUserHttpRequestInterceptor interceptor = new ServiceUserHttpRequestInterceptor(
				new Tokens(rejection.outcome), AuthorizedClient.hosts(), null);
		MockClientHttpResponse original = new Response();
		assertThat(interceptor.intercept(new MockClientHttpRequest(HttpMethod.GET, API), new byte[0],
				(request, body) -> original))
			.isSameAs(original);
		assertThat(this.closed).hasValue(0);
	}

	@ParameterizedTest
	@EnumSource
	void executeWhenRejectionFailsThenAnswerIsTheOriginalOneAndOpen(Rejection rejection) throws Exception {
		MockClientHttpResponse original = new Response();
		assertThat(requestFactory(new Tokens(rejection.outcome), original).createRequest(API, HttpMethod.GET).execute())
			.isSameAs(original);
		assertThat(this.closed).hasValue(0);
	}

	@ParameterizedTest
	@EnumSource
	void filterWhenRejectionFailsThenAnswerIsTheOriginalOne(Rejection rejection) {
		ServiceUserExchangeFilterFunction filter = new ServiceUserExchangeFilterFunction(new Tokens(rejection.outcome),
				AuthorizedClient.hosts(), null);
		ClientResponse original = ClientResponse.create(HttpStatus.UNAUTHORIZED).build();
		assertThat(filter.filter(ClientRequest.create(HttpMethod.GET, API).build(), (request) -> Mono.just(original))
			.block()).isSameAs(original);
		assertThat(filter
			.filter(ClientRequest.create(HttpMethod.PUT, API).body((request, context) -> Mono.empty()).build(),
					(request) -> Mono.just(original))
			.block()).isSameAs(original);
	}

	@Test
	void executeWhenInterruptedThenAnswerIsTheOriginalOneAndNobodyWaits() throws Exception {
		CompletableFuture<AccessToken> never = new CompletableFuture<>();
		MockClientHttpResponse original = new Response();
		ClientHttpRequest request = requestFactory(new Tokens(() -> never), original).createRequest(API,
				HttpMethod.GET);
		CompletableFuture<Object> answer = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			try {
				answer.complete(request.execute());
			}
			catch (Exception ex) {
				answer.completeExceptionally(ex);
			}
		});
		caller.start();
		Awaitility.await().until(() -> caller.getState() == Thread.State.WAITING);
		caller.interrupt();
		caller.join();
		assertThat(answer).isCompletedWithValue(original);
		assertThat(never).isCancelled();
		assertThat(this.closed).hasValue(0);
	}

	@Test
	void executeWhenStatusCannotBeReadThenAnswerIsClosed() {
		MockClientHttpResponse unreadable = new Response() {

			@Override
			public HttpStatusCode getStatusCode() {
				throw new IllegalStateException("no status");
			}

		};
		MockClientHttpRequest request = new MockClientHttpRequest(HttpMethod.GET, API);
		ServiceUserHttpRequestInterceptor interceptor = new ServiceUserHttpRequestInterceptor(new ScriptedTokenSource(),
				AuthorizedClient.hosts(), null);
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> interceptor.intercept(request, new byte[0], (each, body) -> unreadable));
		assertThat(this.closed).hasValue(1);
		request.getHeaders().setBearerAuth("own");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> interceptor.withFollowRedirects(true)
			.intercept(request, new byte[0], (each, body) -> unreadable));
		assertThat(this.closed).hasValue(2);
		ServiceUserClientHttpRequestFactory requestFactory = requestFactory(new ScriptedTokenSource(), unreadable);
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> requestFactory.createRequest(API, HttpMethod.GET).execute());
		assertThat(this.closed).hasValue(3);
	}

	private static ServiceUserClientHttpRequestFactory requestFactory(TokenSource tokens,
			MockClientHttpResponse answer) {
		return new ServiceUserClientHttpRequestFactory((uri, method) -> {
			MockClientHttpRequest request = new MockClientHttpRequest(method, uri);
			request.setResponse(answer);
			return request;
		}, tokens, AuthorizedClient.hosts(), null);
	}

	private class Response extends MockClientHttpResponse {

		Response() {
			super(new byte[0], HttpStatus.UNAUTHORIZED);
		}

		@Override
		public void close() {
			UselessRejectionTests.this.closed.incrementAndGet();
			super.close();
		}

	}

	private enum Rejection {

		THROWS(() -> {
			throw new IllegalStateException("closed");
		}),

		IS_CANCELLED(() -> {
			CompletableFuture<AccessToken> cancelled = new CompletableFuture<>();
			cancelled.cancel(false);
			return cancelled;
		}),

		FAILS(() -> CompletableFuture.failedFuture(ScriptedTokenSource.failure()));

		private final Supplier<CompletableFuture<AccessToken>> outcome;

		Rejection(Supplier<CompletableFuture<AccessToken>> outcome) {
			this.outcome = outcome;
		}

	}

	private record Tokens(Supplier<CompletableFuture<AccessToken>> rejection) implements TokenSource {

		@Override
		public CompletableFuture<AccessToken> get() {
			return CompletableFuture.completedFuture(await());
		}

		@Override
		public AccessToken await() {
			return ScriptedTokenSource.token("first");
		}

		@Override
		public CompletableFuture<AccessToken> reject(AccessToken token) {
			return this.rejection.get();
		}

	}

}
