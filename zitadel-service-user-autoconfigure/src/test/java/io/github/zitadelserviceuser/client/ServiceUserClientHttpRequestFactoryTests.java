// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;

import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.observation.RecordedObservations;
import io.github.zitadelserviceuser.token.TokenRequestException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests of {@link ServiceUserClientHttpRequestFactory}: what the factory that it is
 * around gets to send, and how often.
 */
class ServiceUserClientHttpRequestFactoryTests {

	private static final int LARGEST = 256 * 1024;

	private final RecordingServer server = new RecordingServer();

	private final ScriptedTokenSource tokens = new ScriptedTokenSource();

	private final AtomicInteger created = new AtomicInteger();

	private final ClientHttpRequestFactory jdk = new JdkClientHttpRequestFactory();

	private final ClientHttpRequestFactory counting = (uri, method) -> {
		this.created.incrementAndGet();
		return this.jdk.createRequest(uri, method);
	};

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void callWhenHostIsNotAllowedThenNoRequestIsMade() {
		URI other = URI.create(this.server.uri().toString().replace("localhost", "127.0.0.1"));
		assertThatExceptionOfType(HostNotAllowedException.class)
			.isThrownBy(() -> restClient().get().uri(other).retrieve().toBodilessEntity());
		assertThat(this.created).hasValue(0);
	}

	@Test
	void callWhenThereIsNoTokenThenNoRequestIsMadeUntilThereIsOne() {
		this.tokens.hold(CompletableFuture.failedFuture(ScriptedTokenSource.failure()));
		StreamingHttpOutputMessage.Body body = (output) -> {
			throw new AssertionError("written");
		};
		assertThatExceptionOfType(TokenRequestException.class)
			.isThrownBy(() -> restClient().post().uri(this.server.uri()).body(body).retrieve().toBodilessEntity());
		assertThat(this.created).hasValue(0);
		this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("second")));
		assertThat(restClient().get().uri(this.server.uri()).retrieve().body(String.class)).isEqualTo("welcome");
		assertThat(this.created).hasValue(1);
	}

	@Test
	void callWhenBodyStreamsThenTheSameBodyIsHandedOn() throws Exception {
		List<StreamingHttpOutputMessage.Body> handed = new CopyOnWriteArrayList<>();
		StreamingHttpOutputMessage.Body body = (output) -> {
		};
		ClientHttpRequest request = factory((uri, method) -> new StreamingRequest(method, uri, handed))
			.createRequest(this.server.uri(), HttpMethod.POST);
		((StreamingHttpOutputMessage) request).setBody(body);
		request.execute();
		assertThat(handed).containsExactly(body);
	}

	@Test
	void callWhenBodyIsRepeatableThenIsSentAgain() {
		for (Resource resource : List.of(new ByteArrayResource("once more".getBytes(StandardCharsets.UTF_8)))) {
			assertThat(restClient().put().uri(this.server.uri()).body(resource).retrieve().body(String.class))
				.isEqualTo("welcome");
		}
		MultiValueMap<String, Object> parts = new LinkedMultiValueMap<>();
		parts.add("part", new ByteArrayResource("once more".getBytes(StandardCharsets.UTF_8)));
		this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("first")));
		assertThat(restClient().put().uri(this.server.uri()).body(parts).retrieve().body(String.class))
			.isEqualTo("welcome");
		assertThat(this.server.received()).hasSize(4).allMatch((received) -> received.body().contains("once more"));
		assertThat(this.server.received().get(3).body()).isEqualTo(this.server.received().get(2).body());
		assertThat(this.server.received().get(3).contentType()).isEqualTo(this.server.received().get(2).contentType());
	}

	@Test
	void callWhenBodyIsNotRepeatableThenAnswerIs401AndTheNextCallHasTheOtherToken() {
		Resource stream = new InputStreamResource(new ByteArrayInputStream("once".getBytes(StandardCharsets.UTF_8)));
		assertThatExceptionOfType(HttpClientErrorException.Unauthorized.class)
			.isThrownBy(() -> restClient().put().uri(this.server.uri()).body(stream).retrieve().toBodilessEntity());
		assertThat(this.tokens.rejected()).containsExactly(ScriptedTokenSource.token("first"));
		StreamingHttpOutputMessage.Body body = (output) -> output.write("twice".getBytes(StandardCharsets.UTF_8));
		assertThat(restClient().put().uri(this.server.uri()).body(body).retrieve().body(String.class))
			.isEqualTo("welcome");
		assertThat(this.server.received()).extracting(RecordingServer.Received::body).containsExactly("once", "twice");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 10_000, LARGEST })
	void callWhenBodyIsSmallThenIsSentAgainByteByByte(int size) {
		AtomicInteger times = new AtomicInteger();
		assertThat(
				restClient().put().uri(this.server.uri()).body(repeatable(size, times)).retrieve().body(String.class))
			.isEqualTo("welcome");
		assertThat(times).hasValue(1);
		assertThat(this.server.received()).hasSize(2).allMatch((received) -> received.body().equals("1".repeat(size)));
	}

	@Test
	void callWhenBodyIsLargeThenIsWrittenAgain() {
		AtomicInteger times = new AtomicInteger();
		assertThat(restClient().put()
			.uri(this.server.uri())
			.body(repeatable(LARGEST + 1, times))
			.retrieve()
			.body(String.class)).isEqualTo("welcome");
		assertThat(times).hasValue(2);
		assertThat(this.server.received()).extracting(RecordingServer.Received::body)
			.containsExactly("1".repeat(LARGEST + 1), "2".repeat(LARGEST + 1));
	}

	@Test
	void callWhenLargeBodyHasLessTheSecondTimeThenFailsAndTheNextSucceeds() {
		AtomicInteger times = new AtomicInteger();
		StreamingHttpOutputMessage.Body shrinking = repeatable((time) -> (time == 1) ? LARGEST + 1 : 2, times);
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> restClient().put().uri(this.server.uri()).body(shrinking).retrieve().toBodilessEntity())
			.withMessageContaining("had 2 bytes instead of " + (LARGEST + 1));
		assertThat(this.server.received()).hasSize(1);
		assertThat(restClient().get().uri(this.server.uri()).retrieve().body(String.class)).isEqualTo("welcome");
	}

	@Test
	void callWhenIteratorBecomesJsonThenNothingOfItIsLost() {
		assertThat(restClient().put()
			.uri(this.server.uri())
			.contentType(MediaType.APPLICATION_JSON)
			.body(List.of("one", "two").iterator())
			.retrieve()
			.body(String.class)).isEqualTo("welcome");
		assertThat(this.server.received()).hasSize(2)
			.allMatch((received) -> received.body().equals("[\"one\",\"two\"]"));
	}

	@Test
	void callWhenAnsweredBeforeAllOfTheBodyWasWrittenThenIsSentAgainIfItsLengthIsKnown() throws Exception {
		for (boolean known : new boolean[] { true, false }) {
			AtomicInteger sent = new AtomicInteger();
			ClientHttpRequest request = factory((uri, method) -> {
				// Writes nothing, as one does whose answer is there first.
				StreamingRequest wire = new StreamingRequest(method, uri, new CopyOnWriteArrayList<>());
				wire.setResponse(new MockClientHttpResponse(new byte[0],
						(sent.incrementAndGet() == 1) ? HttpStatus.UNAUTHORIZED : HttpStatus.OK));
				return wire;
			}).createRequest(this.server.uri(), HttpMethod.POST);
			this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("first")));
			if (known) {
				request.getHeaders().setContentLength(10);
			}
			((StreamingHttpOutputMessage) request).setBody(repeatable(10, new AtomicInteger()));
			assertThat(request.execute().getStatusCode()).isEqualTo(known ? HttpStatus.OK : HttpStatus.UNAUTHORIZED);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, LARGEST, LARGEST + 1 })
	void executeWhenBodyWasWrittenThenIsSentAgainUpToASize(int size) throws Exception {
		ClientHttpRequest request = factory(this.jdk).createRequest(this.server.uri(), HttpMethod.PUT);
		OutputStream output = request.getBody();
		output.write("x".repeat(size).getBytes(StandardCharsets.UTF_8));
		assertThatIllegalStateException().isThrownBy(() -> ((StreamingHttpOutputMessage) request).setBody(new byte[0]));
		try (ClientHttpResponse response = request.execute()) {
			assertThat(response.getStatusCode().value()).isEqualTo((size <= LARGEST) ? 200 : 401);
		}
		assertThat(this.server.received()).hasSize((size <= LARGEST) ? 2 : 1)
			.allMatch((received) -> received.body().length() == size);
		assertThat(this.tokens.rejected()).hasSize(1);
	}

	@Test
	void executeWhenTheOtherDoesNotStreamThenGetsTheWholeBody() throws Exception {
		MockClientHttpRequest sent = new MockClientHttpRequest();
		sent.setResponse(new MockClientHttpResponse(new byte[0], HttpStatus.OK));
		RestClient.builder()
			.requestFactory(factory((uri, method) -> with(sent, uri)))
			.build()
			.put()
			.uri(this.server.uri())
			.body("the body")
			.retrieve()
			.toBodilessEntity();
		assertThat(sent.getBodyAsString()).isEqualTo("the body");
		assertThat(sent.getHeaders().get(HttpHeaders.AUTHORIZATION)).containsExactly("Bearer first");
	}

	@Test
	void callWhenTheOtherSendsItElsewhereThenThatIsJudged() {
		URI logical = URI.create("http://localhost/things");
		URI elsewhere = URI.create("http://elsewhere.example.com/things");
		MockClientHttpRequest sent = new MockClientHttpRequest();
		sent.setResponse(new MockClientHttpResponse(new byte[0], HttpStatus.OK));
		RestClient client = RestClient.builder()
			.requestFactory(factory((uri, method) -> with(sent, elsewhere)))
			.build();
		assertThatExceptionOfType(HostNotAllowedException.class)
			.isThrownBy(() -> client.get().uri(logical).retrieve().toBodilessEntity())
			.withMessageContaining("elsewhere.example.com");
		assertThat(sent.isExecuted()).isFalse();
		assertThat(sent.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)).isFalse();
	}

	@Test
	void callWhenTheOtherHasCredentialsThenTheyAreKept() {
		RestClient client = RestClient.builder().requestFactory(factory((uri, method) -> {
			ClientHttpRequest request = this.jdk.createRequest(uri, method);
			request.getHeaders().setBearerAuth("own");
			return request;
		})).build();
		this.server.accept("own");
		assertThat(client.get().uri(this.server.uri()).retrieve().body(String.class)).isEqualTo("welcome");
		assertThat(this.server.received()).singleElement()
			.matches((received) -> received.authorization().equals(List.of("Bearer own")));
	}

	@Test
	void callWhenItHasAttributesAndHeadersThenTheOtherGetsThem() {
		MockClientHttpRequest sent = new MockClientHttpRequest();
		sent.setResponse(new MockClientHttpResponse(new byte[0], HttpStatus.OK));
		RestClient.builder()
			.requestFactory(factory((uri, method) -> with(sent, uri)))
			.build()
			.get()
			.uri(this.server.uri())
			.attribute("name", "value")
			.header("x-name", "one", "two")
			.retrieve()
			.toBodilessEntity();
		assertThat(sent.getAttributes()).containsAllEntriesOf(Map.of("name", "value"));
		assertThat(sent.getHeaders().get("x-name")).containsExactly("one", "two");
	}

	@Test
	void callThenNobodyBeforeTheOtherSeesTheToken() {
		AtomicReference<HttpHeaders> before = new AtomicReference<>();
		AtomicReference<HttpHeaders> after = new AtomicReference<>();
		AtomicReference<HttpHeaders> intercepted = new AtomicReference<>();
		int status = restClient().get()
			.uri(this.server.uri())
			.httpRequest((request) -> before.set(request.getHeaders()))
			.exchangeForRequiredValue((request, response) -> {
				after.set(request.getHeaders());
				return response.getStatusCode().value();
			});
		assertThat(status).isEqualTo(200);
		assertThat(restClient().mutate().requestInterceptor((request, body, execution) -> {
			intercepted.set(request.getHeaders());
			return execution.execute(request, body);
		}).build().get().uri(this.server.uri()).retrieve().body(String.class)).isEqualTo("welcome");
		assertThat(List.of(before, after, intercepted))
			.noneMatch((headers) -> headers.get().containsHeader(HttpHeaders.AUTHORIZATION));
	}

	@Test
	void callWhenAnInterceptorSendsItElsewhereThenThatIsJudged() {
		URI elsewhere = URI.create("http://elsewhere.example.com/things");
		RestClient client = restClient().mutate()
			.requestInterceptor((request, body, execution) -> execution
				.execute(new ChangedRequest(request, elsewhere, request.getMethod(), request.getHeaders()), body))
			.build();
		assertThatExceptionOfType(HostNotAllowedException.class)
			.isThrownBy(() -> client.get().uri(this.server.uri()).retrieve().toBodilessEntity());
		assertThat(this.created).hasValue(0);
	}

	@Test
	void callWhenRepeatedThenIsOneObservation() {
		RecordedObservations observations = new RecordedObservations();
		RestClient.builder()
			.observationRegistry(observations.registry())
			.requestFactory(factory(this.jdk))
			.build()
			.get()
			.uri(this.server.uri())
			.retrieve()
			.toBodilessEntity();
		assertThat(this.server.received()).hasSize(2);
		assertThat(observations.stopped()).singleElement().satisfies((call) -> {
			assertThat(call.getName()).isEqualTo("http.client.requests");
			assertThat(call.getLowCardinalityKeyValue("status").getValue()).isEqualTo("200");
		});
	}

	@Test
	void choosingThenEachRequestIsItsOwnUsers() {
		ScriptedTokenSource others = new ScriptedTokenSource();
		others.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("other")));
		ServiceUserClientHttpRequestFactory one = factory(this.jdk);
		ServiceUserClientHttpRequestFactory other = new ServiceUserClientHttpRequestFactory(this.jdk, others,
				AuthorizedClient.hosts(), null);
		RestClient client = RestClient.builder()
			.requestFactory(ServiceUserClientHttpRequestFactory.choosing(this.jdk,
					(request) -> "other".equals(request.getAttributes().get("user")) ? other
							: "one".equals(request.getAttributes().get("user")) ? one : null))
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
		for (String user : List.of("nobody", "other", "one")) {
			client.get().uri(this.server.uri()).attribute("user", user).retrieve().toBodilessEntity();
		}
		assertThat(this.server.received()).extracting(RecordingServer.Received::authorization)
			.containsExactly(List.of(), List.of("Bearer other"), List.of("Bearer second"), List.of("Bearer first"),
					List.of("Bearer second"));
	}

	@Test
	void closeThenTheOtherIsItsOwners() {
		ServiceUserClientHttpRequestFactory factory = factory(this.jdk);
		assertThat(factory).isNotInstanceOf(DisposableBean.class).isNotInstanceOf(AutoCloseable.class);
		assertThat(factory.getDelegate()).isSameAs(this.jdk);
		assertThat(factory.withHints(null).withFollowRedirects(true).getDelegate()).isSameAs(this.jdk);
		assertThat(factory.withRequestFactory(this.counting).getDelegate()).isSameAs(this.counting);
	}

	private static StreamingHttpOutputMessage.Body repeatable(int size, AtomicInteger times) {
		return repeatable((time) -> size, times);
	}

	private static StreamingHttpOutputMessage.Body repeatable(IntUnaryOperator size, AtomicInteger times) {
		return new StreamingHttpOutputMessage.Body() {

			@Override
			public void writeTo(OutputStream output) throws IOException {
				int time = times.incrementAndGet();
				output.write(String.valueOf(time).repeat(size.applyAsInt(time)).getBytes(StandardCharsets.UTF_8));
			}

			@Override
			public boolean repeatable() {
				return true;
			}

		};
	}

	private RestClient restClient() {
		return RestClient.builder().requestFactory(factory(this.counting)).build();
	}

	private ServiceUserClientHttpRequestFactory factory(ClientHttpRequestFactory wire) {
		return new ServiceUserClientHttpRequestFactory(wire, this.tokens, AuthorizedClient.hosts(), null);
	}

	private static ClientHttpRequest with(MockClientHttpRequest request, URI uri) {
		request.setURI(uri);
		return request;
	}

	private static final class StreamingRequest extends MockClientHttpRequest implements StreamingHttpOutputMessage {

		private final List<Body> handed;

		private StreamingRequest(HttpMethod method, URI uri, List<Body> handed) {
			super(method, uri);
			this.handed = handed;
			setResponse(new MockClientHttpResponse(new byte[0], HttpStatus.OK));
		}

		@Override
		public void setBody(Body body) {
			this.handed.add(body);
		}

	}

}
