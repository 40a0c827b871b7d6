// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.net.URI;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.client.ServiceUserRestClientCustomizer;
import io.github.zitadelserviceuser.client.ServiceUserWebClientCustomizer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.RecordedCall;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Customizers of our clients change them and no other.
 */
class ClientCustomizerTests {

	private static final String PATH = "/oidc/v1/userinfo";

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final ApplicationContextRunner runner = Contexts.unconfigured()
		.withPropertyValues(Contexts.properties(this.zitadel));

	@AfterEach
	void close() {
		this.zitadel.close();
	}

	@Test
	void customizersWhenTheyAreBeansThenChangeOursAlone() {
		this.runner
			.withBean(ServiceUserRestClientCustomizer.class, () -> (builder) -> builder.defaultHeader("x-ours", "rest"))
			.withBean(ServiceUserWebClientCustomizer.class, () -> (builder) -> builder.defaultHeader("x-ours", "web"))
			.run((context) -> {
				call(context.getBean(RestClient.class));
				call(context.getBean(WebClient.class));
				call(context.getBean(RestClient.Builder.class).build());
				call(context.getBean(WebClient.Builder.class).build());
				assertThat(this.zitadel.userInfo().calls()).extracting((call) -> call.headers().get("x-ours"))
					.extracting((values) -> (values != null) ? values.get(0) : null)
					.containsExactly("rest", "web", null, null);
				assertThat(this.zitadel.userInfo().calls()).extracting(RecordedCall::accessToken).element(3).isNull();
			});
	}

	static Stream<BiConsumer<RestClient.Builder, ClientHttpRequestFactory>> ways() {
		return Stream.of((builder, factory) -> builder.requestFactory(factory),
				(builder, factory) -> builder.defaultHeader("x-name", "value").requestFactory(factory),
				(builder, factory) -> builder.apply((same) -> same.requestFactory(factory)),
				(builder, factory) -> builder.apply((same) -> {
				}).requestFactory(factory));
	}

	@ParameterizedTest
	@MethodSource("ways")
	void requestFactoryWhenACustomizerSetsItThenIsUsedAndGetsTheToken(
			BiConsumer<RestClient.Builder, ClientHttpRequestFactory> way) {
		MockClientHttpRequest request = new MockClientHttpRequest();
		request.setResponse(new MockClientHttpResponse(new byte[0], HttpStatus.OK));
		this.runner
			.withBean(ServiceUserRestClientCustomizer.class,
					() -> (builder) -> way.accept(builder, (uri, method) -> with(request, uri)))
			.run((context) -> {
				call(context.getBean(RestClient.class));
				assertThat(request.getHeaders().getFirst("Authorization"))
					.isEqualTo("Bearer " + this.zitadel.issuedTokens().get(0).value());
				assertThat(this.zitadel.userInfo().calls()).isEmpty();
			});
	}

	@Test
	void customizeWhenACustomizerFailsThenItsOwnExceptionIsSeen() {
		this.runner.withBean(ServiceUserRestClientCustomizer.class,
				() -> (builder) -> builder.configureMessageConverters((all) -> {
					throw new IllegalStateException("mine");
				}))
			.run((context) -> assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(ServiceUsers.class).get("default").restClient())
				.withMessage("mine"));
	}

	@Test
	void exchangeFunctionWhenACustomizerSetsItThenIsUsedAndGetsTheToken() {
		this.runner
			.withBean(ServiceUserWebClientCustomizer.class,
					() -> (builder) -> builder.exchangeFunction(ClientCustomizerTests::echo))
			.run((context) -> {
				String body = context.getBean(WebClient.class)
					.get()
					.uri(this.zitadel.issuer() + PATH)
					.retrieve()
					.bodyToMono(String.class)
					.block();
				assertThat(body).isEqualTo("Bearer " + this.zitadel.issuedTokens().get(0).value());
				assertThat(this.zitadel.userInfo().calls()).isEmpty();
			});
	}

	private static Mono<ClientResponse> echo(ClientRequest request) {
		org.springframework.mock.http.client.reactive.MockClientHttpRequest sent = new org.springframework.mock.http.client.reactive.MockClientHttpRequest(
				request.method(), request.url());
		return request.writeTo(sent, ExchangeStrategies.withDefaults())
			.then(Mono.fromSupplier(() -> ClientResponse.create(HttpStatus.OK)
				.body(String.valueOf(sent.getHeaders().getFirst("Authorization")))
				.build()));
	}

	private static ClientHttpRequest with(MockClientHttpRequest request, URI uri) {
		request.setURI(uri);
		return request;
	}

	private void call(RestClient client) {
		client.get().uri(this.zitadel.issuer() + PATH).exchange((request, response) -> response.getStatusCode());
	}

	private void call(WebClient client) {
		client.get().uri(this.zitadel.issuer() + PATH).exchangeToMono((response) -> response.releaseBody()).block();
	}

}
