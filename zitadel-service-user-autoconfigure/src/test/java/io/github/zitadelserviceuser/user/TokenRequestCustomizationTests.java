// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;
import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What can be changed of the client for token requests, and what cannot.
 */
class TokenRequestCustomizationTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	@AfterEach
	void stop() {
		this.zitadel.close();
	}

	@Test
	void requestWhenClientIsCustomizedThenTokenRequestsAreAndCallsAreNot() {
		try (SharedResources shared = SharedResources.builder()
			.tokenRequestClient((client) -> client.defaultHeader("x-all", "a"))
			.build();
				ServiceUserClient user = builder().sharedResources(shared)
					.tokenRequestClient((client) -> client.defaultHeader("x-one", "b"))
					.build();
				ServiceUserClient other = builder().name("other").sharedResources(shared).build()) {
			user.restClient().get().uri("/oidc/v1/userinfo").retrieve().toBodilessEntity();
			other.tokenSource().await();
		}
		assertThat(this.zitadel.tokenRequests()).extracting((request) -> request.headers().get("x-all"))
			.containsExactly(List.of("a"), List.of("a"));
		assertThat(this.zitadel.tokenRequests()).extracting((request) -> request.headers().get("x-one"))
			.containsExactly(List.of("b"), null);
		assertThat(this.zitadel.userInfo().calls().get(0).headers()).doesNotContainKeys("x-all", "x-one");
	}

	@Test
	void requestWhenLibraryIsAnotherThenCallsKeepTheirs() {
		AtomicInteger made = new AtomicInteger();
		AtomicInteger destroyed = new AtomicInteger();
		try (SharedResources shared = SharedResources.builder()
			.tokenRequestFactoryBuilder(ClientHttpRequestFactoryBuilder.simple())
			.build();
				ServiceUserClient user = builder().sharedResources(shared).tokenRequestFactoryBuilder((builder) -> {
					assertThat(builder).isSameAs(ClientHttpRequestFactoryBuilder.simple().getClass().cast(builder));
					return (settings) -> {
						made.incrementAndGet();
						return new Counted(ClientHttpRequestFactoryBuilder.jdk().build(settings), destroyed);
					};
				}).build();
				ServiceUserClient other = builder().name("other").sharedResources(shared).build()) {
			user.restClient().get().uri("/oidc/v1/userinfo").retrieve().toBodilessEntity();
			other.tokenSource().await();
			assertThat(made).hasValue(1);
			assertThat(destroyed).hasValue(0);
			user.close();
			assertThat(destroyed).hasValue(1);
			other.restClient().get().uri("/oidc/v1/userinfo").retrieve().toBodilessEntity();
		}
		assertThat(destroyed).hasValue(1);
	}

	@Test
	void buildWhenClientWouldBeAuthorizedThenIsRefused() {
		try (ServiceUserClient other = builder().name("other").build()) {
			ServiceUserHttpRequestInterceptor interceptor = other.interceptor();
			ServiceUserClientBuilder user = builder().name("billing")
				.tokenRequestClient((client) -> client.requestInterceptor(interceptor));
			assertThatExceptionOfType(AuthorizedTokenRequestException.class).isThrownBy(user::build)
				.withMessage(
						"The token requests of the ZITADEL service user 'billing' cannot be made with the token that "
								+ "they are to obtain: a customizer of their client adds a ServiceUserHttpRequestInterceptor")
				.satisfies((ex) -> assertThat(ex.getPropertyPrefix()).isEqualTo("zitadel.service-users.billing"));
		}
		assertThat(this.zitadel.tokenRequests()).isEmpty();
	}

	/**
	 * Whoever hides it learns at the first request, and does not wait for ever.
	 */
	@Test
	void requestWhenAnInterceptorWaitsForTheTokenThenFailsAtOnce() {
		TokenSource[] tokens = new TokenSource[1];
		AllowedHosts hosts = new AllowedHosts("zitadel.service-user", List.of(), List.of("localhost"), true);
		try (ServiceUserClient user = builder().tokenRequestClient((client) -> client.requestInterceptor(
				(request, body, execution) -> new ServiceUserHttpRequestInterceptor(tokens[0], hosts, null)
					.intercept(request, body, execution)))
			.build()) {
			tokens[0] = user.tokenSource();
			TokenRequestException failure = catchThrowableOfType(TokenRequestException.class,
					() -> user.tokenSource().await());
			assertThat(failure.getReason()).isNotEqualTo(Reason.TIMEOUT);
			assertThat(failure).rootCause().hasMessageContaining("is one of those that bring it");
		}
		assertThat(this.zitadel.discovery().requestCount()).isZero();
	}

	@Test
	void requestWhenACustomizerSetsARequestFactoryThenIsNotUsed() {
		try (ServiceUserClient user = builder().tokenRequestClient((client) -> client.requestFactory((uri, method) -> {
			throw new AssertionError("Not to be used");
		})).build()) {
			assertThat(this.zitadel.isValid(user.tokenSource().await().value())).isTrue();
		}
	}

	@Test
	void requestWhenAnswerIsBufferedThenOnlyUpToItsLimit() throws Exception {
		AtomicInteger seen = new AtomicInteger();
		try (Endless endless = new Endless();
				ServiceUserClient user = builder().issuerUri(endless.url())
					.tokenRequestClient((client) -> client.bufferContent((uri, method) -> true)
						.requestInterceptor((request, body, execution) -> {
							var response = execution.execute(request, body);
							seen.set(response.getBody().readAllBytes().length);
							return response;
						}))
					.build()) {
			TokenRequestException failure = catchThrowableOfType(TokenRequestException.class,
					() -> user.tokenSource().await());
			assertThat(failure).hasMessageContaining("is longer than 64 KiB and was not read further");
			assertThat(seen).hasValue(64 * 1024);
		}
	}

	static Stream<ClientHttpRequestFactoryBuilder<?>> following() {
		return Stream.of(
				ClientHttpRequestFactoryBuilder.jdk()
					.withHttpClientCustomizer((client) -> client.followRedirects(HttpClient.Redirect.ALWAYS)),
				ClientHttpRequestFactoryBuilder.httpComponents()
					.withHttpClientCustomizer((client) -> client
						.setRedirectStrategy(new org.apache.hc.client5.http.impl.DefaultRedirectStrategy())),
				ClientHttpRequestFactoryBuilder.simple());
	}

	@ParameterizedTest
	@MethodSource("following")
	void requestWhenLibraryIsToldToFollowRedirectsThenDoesNot(ClientHttpRequestFactoryBuilder<?> builder) {
		this.zitadel.discovery()
			.answerNext(2, FakeAnswer.text(307, "").withHeader("Location", this.zitadel.url() + "/oauth/v2/keys"));
		try (SharedResources shared = SharedResources.builder().requestFactoryBuilder(builder).build();
				ServiceUserClient first = builder().sharedResources(shared).build();
				ServiceUserClient second = builder().name("second")
					.sharedResources(shared)
					.tokenRequestFactoryBuilder((ours) -> builder)
					.build()) {
			for (ServiceUserClient user : List.of(first, second)) {
				assertThatExceptionOfType(TokenRequestException.class).isThrownBy(() -> user.tokenSource().await())
					.withMessageContaining("answered with status 307")
					.withMessageContaining("is not followed");
			}
		}
	}

	private ServiceUserClientBuilder builder() {
		return ServiceUserClient.builder()
			.issuerUri(this.zitadel.issuer())
			.keyLocation(this.zitadel.serviceUser().keyFile().toString());
	}

	/**
	 * Tells when its connections are closed.
	 */
	private record Counted(JdkClientHttpRequestFactory delegate,
			AtomicInteger destroyed) implements ClientHttpRequestFactory, DisposableBean {

		@Override
		public org.springframework.http.client.ClientHttpRequest createRequest(java.net.URI uri,
				org.springframework.http.HttpMethod httpMethod) throws IOException {
			return this.delegate.createRequest(uri, httpMethod);
		}

		@Override
		public void destroy() {
			this.destroyed.incrementAndGet();
		}

	}

	/**
	 * Answers without end.
	 */
	private static final class Endless implements AutoCloseable {

		private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));

		private final List<Socket> sockets = new CopyOnWriteArrayList<>();

		Endless() throws IOException {
			new Thread(new FutureTask<>(this::serve), "endless").start();
		}

		String url() {
			return "http://localhost:" + this.server.getLocalPort();
		}

		private Map<String, String> serve() throws IOException {
			while (true) {
				Socket socket = this.server.accept();
				this.sockets.add(socket);
				new Thread(() -> answer(socket), "endless").start();
			}
		}

		private static void answer(Socket socket) {
			try (socket) {
				InputStream input = socket.getInputStream();
				assertThat(input.read()).isPositive();
				OutputStream output = socket.getOutputStream();
				output.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{"
					.getBytes(StandardCharsets.US_ASCII));
				byte[] blanks = " ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
				while (true) {
					output.write(blanks);
				}
			}
			catch (IOException ex) {
				// The client went away, as it should.
			}
		}

		@Override
		public void close() throws IOException {
			this.server.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}

	}

}
