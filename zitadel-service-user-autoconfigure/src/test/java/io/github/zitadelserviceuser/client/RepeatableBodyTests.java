// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.Origin;
import io.github.zitadelserviceuser.token.AccessToken;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.mock.http.client.reactive.MockClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link RepeatableBody} through a {@link WebClient} whose first token is
 * rejected.
 */
class RepeatableBodyTests {

	private final RecordingServer server = new RecordingServer();

	private final ScriptedTokenSource tokens = new ScriptedTokenSource();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void sendWhenBodyCanBeReadOnlyOnceThenIsRepeatedFromTheCopy() {
		AtomicInteger subscriptions = new AtomicInteger();
		Sinks.Many<DataBuffer> sink = Sinks.many().unicast().onBackpressureBuffer();
		sink.tryEmitNext(buffer("one "));
		sink.tryEmitNext(buffer("two"));
		sink.tryEmitComplete();
		Flux<DataBuffer> once = sink.asFlux().doOnSubscribe((subscription) -> subscriptions.incrementAndGet());
		assertThat(send(BodyInserters.fromDataBuffers(once)).getBody()).isEqualTo("welcome");
		assertThat(this.server.received()).extracting(RecordingServer.Received::body)
			.containsExactly("one two", "one two");
		assertThat(subscriptions).hasValue(1);
	}

	@Test
	void sendWhenBodyIsComputedThenIsRepeatedWithoutComputingAgain() {
		AtomicInteger count = new AtomicInteger();
		Mono<String> computed = Mono.fromSupplier(() -> "number " + count.incrementAndGet());
		assertThat(send(BodyInserters.fromPublisher(computed, String.class)).getBody()).isEqualTo("welcome");
		assertThat(this.server.received()).extracting(RecordingServer.Received::body)
			.containsExactly("number 1", "number 1");
	}

	@Test
	void sendWhenBodyIsAFileThenIsRepeated(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("body.txt"), "from a file");
		assertThat(send(BodyInserters.fromResource(new FileSystemResource(file))).getBody()).isEqualTo("welcome");
		assertThat(this.server.received()).extracting(RecordingServer.Received::body)
			.containsExactly("from a file", "from a file");
	}

	@Test
	void sendWhenBodyIsTooLargeThenArrivesWholeAndIsNotRepeated() {
		String large = "x".repeat(256 * 1024 + 1);
		ResponseEntity<String> answer = send(BodyInserters.fromValue(large));
		assertThat(answer.getStatusCode().value()).isEqualTo(401);
		assertThat(answer.getBody()).isEqualTo("go away");
		assertThat(this.server.received()).extracting(RecordingServer.Received::body).containsExactly(large);
		assertThat(send(BodyInserters.fromValue(large)).getBody()).isEqualTo("welcome");
	}

	@Test
	void sendWhenBodyIsAsLargeAsItMayBeThenIsRepeated() {
		String large = "x".repeat(256 * 1024);
		assertThat(send(BodyInserters.fromValue(large)).getBody()).isEqualTo("welcome");
		assertThat(this.server.received()).extracting(RecordingServer.Received::body).containsExactly(large, large);
	}

	@Test
	void sendWhenBodyIsFlushedPieceByPieceThenIsNotRepeated() {
		BodyInserter<?, ? super ClientHttpRequest> stream = (request, context) -> request
			.writeAndFlushWith(Flux.just(Mono.just(buffer("one ")), Mono.just(buffer("two"))));
		assertThat(send(stream).getBody()).isEqualTo("go away");
		assertThat(this.server.received()).extracting(RecordingServer.Received::body).containsExactly("one two");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void againWhenTheClientSubscribedTwiceThenBodyIsWhatWasSentLast(boolean mono) {
		AtomicInteger count = new AtomicInteger();
		Mono<DataBuffer> computed = Mono.fromSupplier(() -> buffer("body " + count.incrementAndGet()));
		BodyInserter<?, ? super ClientHttpRequest> body = RepeatableBody
			.of(BodyInserters.fromDataBuffers(mono ? computed : computed.flux()));
		MockClientHttpRequest connectedAnew = new MockClientHttpRequest(HttpMethod.PUT, "/");
		connectedAnew.setWriteHandler((written) -> written.then(written.then()));
		insert(body, connectedAnew);
		MockClientHttpRequest second = new MockClientHttpRequest(HttpMethod.PUT, "/");
		insert(RepeatableBody.again(body), second);
		assertThat(second.getBodyAsString().block()).isEqualTo("body 2");
	}

	@Test
	void sendWhenBodyFailsThenCallFailsWithThat() {
		BodyInserter<?, ? super ClientHttpRequest> failing = BodyInserters
			.fromDataBuffers(Flux.error(new IllegalStateException("no body")));
		assertThat(client().put()
			.uri(this.server.uri())
			.body(failing)
			.retrieve()
			.toBodilessEntity()
			.map((response) -> "answered")
			.onErrorResume(
					(ex) -> Mono.just(String.valueOf(NestedExceptionUtils.getMostSpecificCause(ex).getMessage())))
			.block()).isEqualTo("no body");
	}

	@Test
	void sendWhenCancelledWhileWaitingForAnotherTokenThenNothingElseIsSent() {
		CompletableFuture<AccessToken> never = new CompletableFuture<>();
		this.tokens.replaceBy(never);
		Disposable call = client().get().uri(this.server.uri()).retrieve().toBodilessEntity().subscribe();
		Awaitility.await().until(() -> !this.tokens.rejected().isEmpty());
		call.dispose();
		never.complete(ScriptedTokenSource.token("second"));
		assertThat(client().get().uri(this.server.uri()).retrieve().bodyToMono(String.class).block())
			.isEqualTo("welcome");
		assertThat(this.server.received()).extracting(RecordingServer.Received::authorization)
			.containsExactly(List.of("Bearer first"), List.of("Bearer second"));
	}

	private static void insert(BodyInserter<?, ? super ClientHttpRequest> body, MockClientHttpRequest request) {
		ClientRequest.create(HttpMethod.PUT, request.getURI())
			.body(body)
			.build()
			.writeTo(request, ExchangeStrategies.withDefaults())
			.block();
	}

	private ResponseEntity<String> send(BodyInserter<?, ? super ClientHttpRequest> body) {
		return client().put()
			.uri(this.server.uri())
			.contentType(MediaType.TEXT_PLAIN)
			.body(body)
			.exchangeToMono((response) -> response.toEntity(String.class))
			.block();
	}

	private WebClient client() {
		AllowedHosts allowedHosts = new AllowedHosts("zitadel.service-user", Set.of(Origin.of(this.server.uri())),
				List.of(), true);
		return WebClient.builder()
			.clientConnector(new JdkClientHttpConnector())
			.filter(new ServiceUserExchangeFilterFunction(this.tokens, allowedHosts, null))
			.build();
	}

	private static DataBuffer buffer(String text) {
		return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

}
