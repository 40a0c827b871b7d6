// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.RequestEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what all kinds of clients do when a resource server answers 401.
 */
class RejectedTokenTests {

	private final RecordingServer server = new RecordingServer();

	private final ScriptedTokenSource tokens = new ScriptedTokenSource();

	private AllowedHosts allowedHosts;

	@BeforeEach
	void allow() {
		this.allowedHosts = new AllowedHosts("zitadel.service-user", Set.of(Origin.of(this.server.uri())), List.of(),
				true);
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@MethodSource("kindsAndBodies")
	void callWhenTokenIsRejectedThenIsRepeatedWithAnother(Kind kind, String body) {
		ResponseEntity<String> answer = kind.call(this, body);
		assertThat(answer.getStatusCode().value()).isEqualTo(200);
		assertThat(answer.getBody()).isEqualTo("welcome");
		assertThat(this.server.received()).hasSize(2);
		RecordingServer.Received first = this.server.received().get(0);
		RecordingServer.Received second = this.server.received().get(1);
		assertThat(first.authorization()).containsExactly("Bearer first");
		assertThat(second.authorization()).containsExactly("Bearer second");
		assertThat(second.body()).isEqualTo(first.body()).isEqualTo(body);
		assertThat(second).usingRecursiveComparison().ignoringFields("authorization").isEqualTo(first);
		assertThat(this.tokens.rejected()).containsExactly(ScriptedTokenSource.token("first"));
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void callWhenServerAlwaysAnswers401ThenIsRepeatedOnce(Kind kind) {
		this.server.accept("none at all");
		ResponseEntity<String> answer = kind.call(this, "");
		assertThat(answer.getStatusCode().value()).isEqualTo(401);
		assertThat(answer.getBody()).isEqualTo("go away");
		assertThat(this.server.received()).hasSize(2);
		this.server.accept("second");
		assertThat(kind.call(this, "").getBody()).isEqualTo("welcome");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void callWhenTokenIsNotReplacedThenAnswerIsTheOriginalOne(Kind kind) {
		this.tokens.keepWhenRejected();
		ResponseEntity<String> answer = kind.call(this, "body");
		assertThat(answer.getStatusCode().value()).isEqualTo(401);
		assertThat(answer.getBody()).isEqualTo("go away");
		assertThat(this.server.received()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void callWhenReplacementIsTheSameThenAnswerIsTheOriginalOne(Kind kind) {
		this.tokens.replaceBy(CompletableFuture.completedFuture(ScriptedTokenSource.token("first")));
		assertThat(kind.call(this, "body").getBody()).isEqualTo("go away");
		assertThat(this.server.received()).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void callWhenReplacementFailsThenAnswerIsTheOriginalOneAndTheNextCallSucceeds(Kind kind) {
		this.tokens.replaceBy(CompletableFuture.failedFuture(ScriptedTokenSource.failure()));
		ResponseEntity<String> answer = kind.call(this, "body");
		assertThat(answer.getStatusCode().value()).isEqualTo(401);
		assertThat(answer.getBody()).isEqualTo("go away");
		assertThat(this.server.received()).hasSize(1);
		this.tokens.hold(CompletableFuture.completedFuture(ScriptedTokenSource.token("second")));
		assertThat(kind.call(this, "body").getBody()).isEqualTo("welcome");
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void callWhenAnswerIs403ThenTokenIsKept(Kind kind) {
		this.server.refuseWith(403, "Bearer error=\"insufficient_scope\"");
		assertThat(kind.call(this, "").getStatusCode().value()).isEqualTo(403);
		assertThat(this.server.received()).hasSize(1);
		assertThat(this.tokens.rejected()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void callWhenChallengeIsMalformedThenIsRepeatedAllTheSame(Kind kind) {
		this.server.refuseWith(401, "Bearer ,,=\"\\, error=\"inv");
		assertThat(kind.call(this, "").getBody()).isEqualTo("welcome");
	}

	static Stream<Arguments> kindsAndBodies() {
		return Stream.of(Kind.values())
			.flatMap((kind) -> Stream.of("", "{\"name\":\"value\"}", "x".repeat(100_000))
				.map((body) -> Arguments.of(kind, body)));
	}

	private enum Kind {

		WEB_CLIENT {
			@Override
			ResponseEntity<String> call(RejectedTokenTests test, String body) {
				WebClient client = WebClient.builder()
					.clientConnector(new JdkClientHttpConnector())
					.filter(new ServiceUserExchangeFilterFunction(test.tokens, test.allowedHosts, null))
					.build();
				WebClient.RequestBodySpec request = client.method(method(body)).uri(test.server.uri());
				return (body.isEmpty() ? request : request.contentType(MediaType.APPLICATION_JSON).bodyValue(body))
					.exchangeToMono((response) -> response.toEntity(String.class))
					.block();
			}
		},

		REST_CLIENT {
			@Override
			ResponseEntity<String> call(RejectedTokenTests test, String body) {
				return send(RestClient.builder().requestFactory(requestFactory(test)), test, body);
			}
		},

		INTERCEPTED_REST_CLIENT {
			@Override
			ResponseEntity<String> call(RejectedTokenTests test, String body) {
				return send(RestClient.builder()
					.requestFactory(new JdkClientHttpRequestFactory())
					.requestInterceptor(interceptor(test)), test, body);
			}
		},

		REST_TEMPLATE {
			@Override
			ResponseEntity<String> call(RejectedTokenTests test, String body) {
				return send(new RestTemplate(requestFactory(test)), test, body);
			}
		},

		INTERCEPTED_REST_TEMPLATE {
			@Override
			ResponseEntity<String> call(RejectedTokenTests test, String body) {
				RestTemplate template = new RestTemplate(new JdkClientHttpRequestFactory());
				template.getInterceptors().add(interceptor(test));
				return send(template, test, body);
			}
		};

		abstract ResponseEntity<String> call(RejectedTokenTests test, String body);

		private static ResponseEntity<String> send(RestClient.Builder builder, RejectedTokenTests test, String body) {
			RestClient client = builder.defaultStatusHandler((status) -> true, (request, response) -> {
			}).build();
			RestClient.RequestBodySpec request = client.method(method(body)).uri(test.server.uri());
			return (body.isEmpty() ? request : request.contentType(MediaType.APPLICATION_JSON).body(body)).retrieve()
				.toEntity(String.class);
		}

		private static ResponseEntity<String> send(RestTemplate template, RejectedTokenTests test, String body) {
			template.setErrorHandler((response) -> false);
			RequestEntity.BodyBuilder request = RequestEntity.method(method(body), test.server.uri());
			return template.exchange(
					body.isEmpty() ? request.build() : request.contentType(MediaType.APPLICATION_JSON).body(body),
					String.class);
		}

		private static ServiceUserClientHttpRequestFactory requestFactory(RejectedTokenTests test) {
			return new ServiceUserClientHttpRequestFactory(new JdkClientHttpRequestFactory(), test.tokens,
					test.allowedHosts, null);
		}

		private static ServiceUserHttpRequestInterceptor interceptor(RejectedTokenTests test) {
			return new ServiceUserHttpRequestInterceptor(test.tokens, test.allowedHosts, null);
		}

		private static HttpMethod method(String body) {
			return body.isEmpty() ? HttpMethod.GET : HttpMethod.PUT;
		}

	}

}
