// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.IOException;
import java.net.Authenticator;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.httpclients.FaultyZitadel.Answer;
import io.github.zitadelserviceuser.integration.httpclients.FaultyZitadel.Connection;
import io.github.zitadelserviceuser.integration.httpclients.FaultyZitadel.Fault;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.JdkClientHttpConnectorBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What the libraries do by themselves, as the documentation says.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientLibraryTests {

	private static final Answer CLOSE = (connection) -> {
	};

	private static final FakeZitadel KEYS = FakeZitadel.start();

	@AfterAll
	static void stop() {
		KEYS.close();
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenConnectionDiesUnderItThenIsRepeatedAsDocumented(Library library) throws IOException {
		DyingConnection dying = new DyingConnection();
		try (FaultyZitadel zitadel = new FaultyZitadel(dying);
				ConfigurableApplicationContext application = start(library, zitadel)) {
			URI uri = URI.create(zitadel.url() + "/api");
			Runnable get = () -> library.call(application, HttpMethod.GET, uri, HttpHeaders.EMPTY, "");
			Runnable post = () -> library.call(application, HttpMethod.POST, uri, HttpHeaders.EMPTY, "body");
			String documented = documented(library);
			assertThat(dying.isRepeated(get, CLOSE)).isEqualTo(documented.equals("repeated"));
			assertThat(dying.isRepeated(get, Connection::reset)).isEqualTo(documented.startsWith("repeated"));
			assertThat(dying.isRepeated(post, CLOSE)).isFalse();
			assertThat(dying.isRepeated(post, Connection::reset)).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenAnswerIsUnauthorizedWithoutChallengeThenIsTheAnswer(Library library) {
		Fault unauthorized = (request, connection) -> {
			if (request.contains(" /api")) {
				connection.write("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody");
			}
			return request.contains(" /api");
		};
		try (FaultyZitadel zitadel = new FaultyZitadel(unauthorized);
				ConfigurableApplicationContext application = start(library, zitadel)) {
			URI uri = URI.create(zitadel.url() + "/api");
			if (library.property().equals("jetty")) {
				assertThatException().as("the application's own")
					.isThrownBy(() -> library.getUnauthorized(application, uri))
					.withStackTraceContaining("Authentication challenge without WWW-Authenticate header");
			}
			ResponseEntity<String> get = library.get(application, uri);
			ResponseEntity<String> post = library.call(application, HttpMethod.POST, uri, HttpHeaders.EMPTY, "body");
			assertThat(List.of(get, post)).allMatch((answer) -> answer.getStatusCode().value() == 401);
			assertThat(get.getBody()).isEqualTo("body");
			assertThat(post.getBody()).isEqualTo((library == Library.BLOCKING_SIMPLE) ? null : "body");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "BLOCKING_JDK", "REACTIVE_JDK" })
	@EnabledForJreRange(max = JRE.JAVA_17)
	void callWhenConnectionOfHttp2GoesAwayThenCallerIsToldAndTheNextUsesAnother(Library library) {
		AtomicBoolean gone = new AtomicBoolean();
		Fault leaving = (request, connection) -> {
			if (!request.contains(" /api") || !gone.compareAndSet(false, true)) {
				return false;
			}
			connection.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
			// SETTINGS, and GOAWAY before the first stream.
			connection.write("\0\0\0\4\0\0\0\0\0" + "\0\0\10\7\0\0\0\0\0" + "\0".repeat(8));
			connection.awaitEnd();
			return true;
		};
		try (FaultyZitadel zitadel = new FaultyZitadel(leaving);
				ConfigurableApplicationContext application = start(library, zitadel)) {
			URI uri = URI.create(zitadel.url() + "/api");
			assertThatException().isThrownBy(() -> library.get(application, uri))
				.withStackTraceContaining("GOAWAY received");
			assertThat(library.get(application, uri).getStatusCode().value()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "BLOCKING_JDK", "REACTIVE_JDK" })
	void callWhenServerClosesConnectionsThatAskForHttp2ThenReachesItByACustomizerAlone(Library library) {
		Fault closing = (request, connection) -> request.contains("\r\nUpgrade: h2c\r\n");
		try (FaultyZitadel zitadel = new FaultyZitadel(closing);
				ConfigurableApplicationContext application = start(library, zitadel);
				ConfigurableApplicationContext customized = library.start(KEYS, new Class<?>[] { Http1.class },
						"zitadel.service-user.issuer-uri=" + zitadel.url())) {
			assertThat(application.getBean(TokenSource.class).await().value()).isEqualTo("abc");
			URI uri = URI.create(zitadel.url() + "/api");
			for (int call = 0; call < 2; call++) {
				assertThatException().isThrownBy(() -> library.get(application, uri))
					.isInstanceOfAny(ResourceAccessException.class, WebClientRequestException.class)
					.withStackTraceContaining("HTTP/1.1 header parser received no bytes");
			}
			assertThat(library.get(customized, uri).getStatusCode().value()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "BLOCKING_JDK", "REACTIVE_JDK" })
	void callWhenClientHasAnAuthenticatorThenTokenIsSentFromJdk24On(Library library) {
		AtomicReference<String> received = new AtomicReference<>("");
		Fault recording = (request, connection) -> {
			if (request.contains(" /api")) {
				received.set(request);
			}
			return false;
		};
		try (FaultyZitadel zitadel = new FaultyZitadel(recording);
				ConfigurableApplicationContext application = library.start(KEYS, new Class<?>[] { Authenticated.class },
						"zitadel.service-user.issuer-uri=" + zitadel.url())) {
			library.get(application, URI.create(zitadel.url() + "/api"));
			assertThat(received.get().contains("Authorization: Bearer abc"))
				.isEqualTo(Runtime.version().feature() >= 24);
		}
	}

	private static String documented(Library library) throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("../../docs/compatibility.md"))) {
			String[] cells = lines.filter((line) -> line.startsWith("| `" + library.property() + "` | "))
				.findFirst()
				.orElseThrow()
				.split(" *\\| *");
			String cell = cells[library.isReactive() ? 3 : 2];
			assertThat(cell).isIn("repeated", "repeated after a reset only", "told");
			return cell;
		}
	}

	private static ConfigurableApplicationContext start(Library library, FaultyZitadel zitadel) {
		return library.start(KEYS, "zitadel.service-user.issuer-uri=" + zitadel.url());
	}

	static class Authenticated {

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<JdkClientHttpRequestFactoryBuilder> blocking() {
			return (builder) -> builder.withHttpClientCustomizer((client) -> client.authenticator(new Authenticator() {
			}));
		}

		@Bean
		ClientHttpConnectorBuilderCustomizer<JdkClientHttpConnectorBuilder> reactive() {
			return (builder) -> builder.withHttpClientCustomizer((client) -> client.authenticator(new Authenticator() {
			}));
		}

	}

	static class Http1 {

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<JdkClientHttpRequestFactoryBuilder> blocking() {
			return (builder) -> builder
				.withHttpClientCustomizer((client) -> client.version(HttpClient.Version.HTTP_1_1));
		}

		@Bean
		ClientHttpConnectorBuilderCustomizer<JdkClientHttpConnectorBuilder> reactive() {
			return (builder) -> builder
				.withHttpClientCustomizer((client) -> client.version(HttpClient.Version.HTTP_1_1));
		}

	}

	/**
	 * Kills a connection when a second call comes over it.
	 */
	private static final class DyingConnection implements Fault {

		private final Set<Integer> used = ConcurrentHashMap.newKeySet();

		private final AtomicReference<Answer> death = new AtomicReference<>();

		@Override
		public boolean isAnswer(String request, Connection connection) throws IOException {
			if (!request.contains(" /api")) {
				return false;
			}
			if (this.used.add(connection.number())) {
				return false;
			}
			Answer answer = this.death.getAndSet(null);
			if (answer != null) {
				answer.write(connection);
				return true;
			}
			return false;
		}

		/**
		 * Let a connection die under a call, and tell whether its caller has an answer.
		 */
		private boolean isRepeated(Runnable call, Answer death) {
			call.run();
			this.death.set(death);
			// It is in the pool a moment after the caller has its answer.
			while (this.death.get() != null) {
				try {
					call.run();
				}
				catch (ResourceAccessException | WebClientRequestException ex) {
					assertThat(this.death.get()).as(ex.toString()).isNull();
					return false;
				}
			}
			return true;
		}

	}

}
