// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zitadelserviceuser.net.HostNotAllowedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What following redirects has to do with tokens that are rejected, bodies that cannot be
 * sent again, and answers that nobody reads.
 */
class FollowedRedirectTests {

	private final RecordingServer server = new RecordingServer();

	private final ScriptedTokenSource tokens = new ScriptedTokenSource();

	private final AtomicInteger released = new AtomicInteger();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void callWhenTokenIsRejectedAfterTheRedirectThenIsRepeatedThere() {
		assertThat(webClient().put()
			.uri("http://localhost/307")
			.bodyValue("body")
			.retrieve()
			.bodyToMono(String.class)
			.block()).isEqualTo("welcome");
		for (RestClient restClient : restClients()) {
			assertThat(restClient.put().uri("http://localhost/307").body("body").retrieve().body(String.class))
				.isEqualTo("welcome");
			this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("first")));
		}
		assertThat(this.server.received()).extracting(RecordingServer.Received::body)
			.containsExactly("body", "body", "body", "body", "body");
		assertThat(this.server.received()).extracting(RecordingServer.Received::authorization)
			.containsExactly(List.of("Bearer first"), List.of("Bearer second"), List.of("Bearer second"),
					List.of("Bearer first"), List.of("Bearer second"));
		assertThat(this.server.received()).extracting(RecordingServer.Received::contentType)
			.allMatch((type) -> type.startsWith("text/plain"));
	}

	@Test
	void callWhenTokenIsRejectedBeforeTheRedirectThenRedirectIsFollowedWithTheOther() {
		this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("stale")));
		assertThat(webClient().put()
			.uri("http://localhost/307")
			.bodyValue("body")
			.retrieve()
			.bodyToMono(String.class)
			.block()).isEqualTo("welcome");
		for (RestClient restClient : restClients()) {
			this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("stale")));
			assertThat(restClient.put().uri("http://localhost/307").body("body").retrieve().body(String.class))
				.isEqualTo("welcome");
		}
		assertThat(this.server.received()).hasSize(3)
			.allMatch((received) -> received.authorization().equals(List.of("Bearer second")))
			.allMatch((received) -> received.body().equals("body"));
	}

	@Test
	void callWhenRedirectIsFollowedThenItsAnswerIsReleased() {
		webClient().get().uri("http://localhost/302").retrieve().toBodilessEntity().block();
		assertThat(this.released).hasValue(1);
		restClients().forEach((client) -> client.get().uri("http://localhost/302").retrieve().toBodilessEntity());
		assertThat(this.released).hasValue(3);
	}

	@Test
	void callWhenRedirectIsRefusedThenItsAnswerIsReleased() {
		URI elsewhere = URI.create("http://localhost/elsewhere");
		assertThatExceptionOfType(HostNotAllowedException.class)
			.isThrownBy(() -> webClient().get().uri(elsewhere).retrieve().toBodilessEntity().block());
		for (RestClient restClient : restClients()) {
			assertThatExceptionOfType(HostNotAllowedException.class)
				.isThrownBy(() -> restClient.get().uri(elsewhere).retrieve().toBodilessEntity());
		}
		assertThat(this.released).hasValue(3);
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void callWhenBodyCannotBeSentAgainThenAnswerIsTheRedirect() {
		Flux<Flux<DataBuffer>> pieces = Flux.just(Flux.just(buffer("piece")));
		ResponseEntity<Void> answer = webClient().put()
			.uri("http://localhost/307")
			.body((request, context) -> request.writeAndFlushWith(pieces))
			.retrieve()
			.toBodilessEntity()
			.block();
		assertThat(answer).isNotNull();
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.TEMPORARY_REDIRECT);
		assertThat(this.server.received()).isEmpty();
		webClient().post()
			.uri("http://localhost/302")
			.body((request, context) -> request.writeAndFlushWith(pieces))
			.retrieve()
			.toBodilessEntity()
			.block();
		assertThat(this.server.received()).extracting(RecordingServer.Received::method).contains("GET");
	}

	@Test
	void callWhenStreamCannotBeSentAgainThenAnswerIsTheRedirect() {
		StreamingHttpOutputMessage.Body stream = (output) -> output.write('x');
		assertThat(restClients().get(0)
			.put()
			.uri("http://localhost/307")
			.body(stream)
			.retrieve()
			.toBodilessEntity()
			.getStatusCode()).isEqualTo(HttpStatus.TEMPORARY_REDIRECT);
		assertThat(this.server.received()).isEmpty();
		this.server.accept("first");
		restClients().get(0).post().uri("http://localhost/302").body(stream).retrieve().toBodilessEntity();
		assertThat(this.server.received()).singleElement()
			.matches((received) -> received.method().equals("GET") && received.body().isEmpty());
	}

	@Test
	void callWhenCallerHasChangedTheNativeRequestThenAnotherOriginIsUpToTheCaller() {
		ResponseEntity<Void> answer = webClient().get()
			.uri("http://localhost/302")
			.httpRequest((request) -> request.getHeaders().set("Cookie", "id=1"))
			.retrieve()
			.toBodilessEntity()
			.block();
		assertThat(answer).isNotNull();
		assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.FOUND);
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void callWhenSubscribedToTwiceThenEachFollowsWithItsBody() {
		AtomicInteger count = new AtomicInteger();
		Mono<String> call = webClient().put()
			.uri("http://localhost/307")
			.body(Mono.fromSupplier(() -> "body " + count.incrementAndGet()), String.class)
			.retrieve()
			.bodyToMono(String.class);
		this.server.accept("first");
		assertThat(call.block()).isEqualTo("welcome");
		assertThat(call.block()).isEqualTo("welcome");
		assertThat(this.server.received()).extracting(RecordingServer.Received::body)
			.containsExactly("body 1", "body 2");
	}

	private WebClient webClient() {
		ExchangeFilterFunction redirecting = (request, next) -> isRedirecting(request.url())
				? WrittenRequest.headers(request).map((headers) -> reactiveAnswer(request, headers))
				: next.exchange(request);
		return WebClient.builder()
			.clientConnector(new JdkClientHttpConnector())
			.filter(new ServiceUserExchangeFilterFunction(this.tokens, AuthorizedClient.hosts(), null)
				.withFollowRedirects(true))
			.filter(redirecting)
			.build();
	}

	private List<RestClient> restClients() {
		ClientHttpRequestFactory wire = new JdkClientHttpRequestFactory();
		ServiceUserClientHttpRequestFactory requestFactory = new ServiceUserClientHttpRequestFactory((uri,
				method) -> isRedirecting(uri) ? new RedirectedRequest(method, uri) : wire.createRequest(uri, method),
				this.tokens, AuthorizedClient.hosts(), null)
			.withFollowRedirects(true);
		ClientHttpRequestInterceptor redirecting = (request, body, execution) -> isRedirecting(request.getURI())
				? blockingAnswer(request) : execution.execute(request, body);
		return List.of(RestClient.builder().requestFactory(requestFactory).build(), RestClient.builder()
			.requestFactory(wire)
			.requestInterceptor(new ServiceUserHttpRequestInterceptor(this.tokens, AuthorizedClient.hosts(), null)
				.withFollowRedirects(true))
			.requestInterceptor(redirecting)
			.build());
	}

	private static boolean isRedirecting(URI uri) {
		return uri.getPort() == -1;
	}

	private ClientResponse reactiveAnswer(ClientRequest request, HttpHeaders sent) {
		Flux<DataBuffer> body = Flux.just(buffer("moved")).doOnComplete(this.released::incrementAndGet);
		return ClientResponse.create(status(sent, request.url()))
			.headers((headers) -> headers.setLocation(target(request.url())))
			.body(body)
			.build();
	}

	private ClientHttpResponse blockingAnswer(HttpRequest request) throws IOException {
		MockClientHttpResponse answer = new MockClientHttpResponse(new byte[0],
				status(request.getHeaders(), request.getURI())) {

			@Override
			public void close() {
				FollowedRedirectTests.this.released.incrementAndGet();
				super.close();
			}

		};
		answer.getHeaders().setLocation(target(request.getURI()));
		return answer;
	}

	private HttpStatus status(HttpHeaders headers, URI uri) {
		if ("Bearer stale".equals(headers.getFirst(HttpHeaders.AUTHORIZATION))) {
			return HttpStatus.UNAUTHORIZED;
		}
		return uri.getPath().equals("/307") ? HttpStatus.TEMPORARY_REDIRECT : HttpStatus.FOUND;
	}

	private URI target(URI uri) {
		return uri.getPath().equals("/elsewhere") ? URI.create("http://elsewhere.example.com/") : this.server.uri();
	}

	private static DataBuffer buffer(String text) {
		return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

	private final class RedirectedRequest extends MockClientHttpRequest {

		private RedirectedRequest(HttpMethod method, URI uri) {
			super(method, uri);
		}

		@Override
		protected ClientHttpResponse executeInternal() throws IOException {
			return blockingAnswer(this);
		}

	}

}
