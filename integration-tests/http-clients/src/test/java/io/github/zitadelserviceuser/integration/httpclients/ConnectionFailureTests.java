// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.net.Authenticator;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

import javax.net.ssl.SSLSocket;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.httpclients.FaultyZitadel.Fault;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What stands between an application and ZITADEL and does not pass by itself is named,
 * with each client library, and not asked again.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionFailureTests {

	private final FakeZitadel keys = FakeZitadel.start();

	@AfterEach
	void stop() {
		this.keys.close();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void awaitWhenProxyWantsCredentialsThenNamesIt(Library library) {
		Fault refusal = (request, connection) -> {
			if (request.isEmpty()) {
				return false;
			}
			connection.write("HTTP/1.1 407 Proxy Authentication Required\r\n"
					+ "Proxy-Authenticate: Basic realm=\"proxy\"\r\nContent-Length: 0\r\n\r\n");
			return true;
		};
		for (String issuer : new String[] { "http://zitadel.example", "https://zitadel.example" }) {
			try (FaultyZitadel proxy = new FaultyZitadel(refusal)) {
				TokenRequestException failure = failure(library, issuer, new Class<?>[] { ProxiedClients.class },
						"test.proxy-port=" + proxy.port());
				assertThat(failure.getReason()).as(failure.getMessage()).isEqualTo(Reason.WRONG_SERVER);
				assertThat(failure).hasMessageContaining(issuer + "/.well-known/openid-configuration was not reached")
					.hasMessageContaining("a proxy on the way wants credentials (")
					.hasMessageContaining("407")
					.hasMessageContaining("ClientHttpRequestFactoryBuilderCustomizer");
				assertThat(proxy.opened()).isEqualTo(1);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void awaitWhenPortSpeaksPlainHttpThenSaysSo(Library library) {
		// As Go's server answers what is no HTTP, and waits for the end.
		Fault plain = (request, connection) -> {
			connection.socket().getInputStream().read(new byte[5]);
			connection.write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n400 Bad Request");
			connection.awaitEnd();
			return true;
		};
		try (FaultyZitadel zitadel = new FaultyZitadel(plain)) {
			TokenRequestException failure = failure(library, zitadel.url().replace("http:", "https:"), new Class<?>[0]);
			assertThat(failure.getReason()).as(failure.getMessage()).isEqualTo(Reason.WRONG_SERVER);
			assertThat(failure).hasMessageContaining("was asked over TLS, and what answers there speaks none (")
				.hasMessageContaining("zitadel.service-user.issuer-uri");
			// Not again and again. A library may see the connection break before it sees
			// what came over it, which is repeated at once.
			assertThat(zitadel.opened()).isBetween(1, 2);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void awaitWhenPortSpeaksTlsThenSaysSo(Library library) {
		Fault alert = (request, connection) -> {
			if (!request.isEmpty()) {
				connection.write("\25\3\3\0\2\2\106");
				connection.socket().shutdownOutput();
				connection.awaitEnd();
			}
			return false;
		};
		try (FaultyZitadel zitadel = new FaultyZitadel(alert)) {
			assertThat(failure(library, zitadel.url(), new Class<?>[0], "zitadel.service-user.token-timeout=3s"))
				.message()
				.containsAnyOf("was asked by plain http, and what answers there speaks TLS",
						"does it speak plain http and not TLS");
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void awaitWhenCertificateIsNotTrustedThenNamesTheBundle(Library library, @TempDir Path directory) throws Exception {
		try (StubZitadel zitadel = StubZitadel.overTls(directory.resolve("server.p12"))) {
			assertThat(failure(library, zitadel.issuer(), new Class<?>[0]))
				.hasMessageContaining("The TLS certificate of " + zitadel.issuer())
				.hasMessageContaining("spring.http.clients.ssl.bundle");
			assertThat(zitadel.paths()).isEmpty();
		}
	}

	/**
	 * The JDK's client would keep a connection of HTTP/2, which is dead for ever.
	 */
	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void awaitWhenServerOffersHttp2ThenItIsNotUsed(Library library, @TempDir Path directory) throws Exception {
		Path store = directory.resolve("server.p12");
		Fault silent = (request, connection) -> {
			if (request.isEmpty() && connection.number() == 1) {
				connection.awaitEnd();
			}
			return false;
		};
		StringBuffer chosen = new StringBuffer();
		try (FaultyZitadel zitadel = new FaultyZitadel("https", StubZitadel.tls(store).getServerSocketFactory(),
				(socket) -> ((SSLSocket) socket).setHandshakeApplicationProtocolSelector(choosing(chosen)), silent);
				ConfigurableApplicationContext application = library.start(this.keys,
						"zitadel.service-user.issuer-uri=" + zitadel.url(), "zitadel.service-user.read-timeout=500ms",
						"spring.ssl.bundle.jks.server.truststore.location=" + store.toUri(),
						"spring.ssl.bundle.jks.server.truststore.password=" + StubZitadel.PASSWORD,
						"spring.ssl.bundle.jks.server.truststore.type=PKCS12",
						"spring.http.clients.ssl.bundle=server")) {
			RefreshingTokenSource source = application.getBean(RefreshingTokenSource.class);
			assertThat(source.await().value()).isEqualTo("abc");
			assertThat(zitadel.opened()).isGreaterThan(1);
			assertThat(chosen).asString().doesNotContain("h2");
		}
	}

	private static BiFunction<SSLSocket, List<String>, String> choosing(StringBuffer chosen) {
		return (socket, offered) -> {
			String protocol = offered.contains("h2") ? "h2" : "";
			chosen.append(protocol);
			return protocol;
		};
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_17)
	void startWhenJdkClientHasAnAuthenticatorThenNamesIt() {
		Class<?>[] authenticated = { Authenticated.class };
		assertThatException()
			.isThrownBy(
					() -> Library.BLOCKING_JDK
						.start(this.keys, authenticated, "zitadel.service-user.verify-on-startup=true",
								"zitadel.service-user.token-timeout=4s")
						.close())
			.withStackTraceContaining("userinfo answered with status 401, of which the JDK's client shows no more")
			.withStackTraceContaining("it has an Authenticator");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void startWhenUserInfoRefusesTheTokenThenSaysSo(Library library) {
		this.keys.userInfo().answerAlways(FakeAnswer.json(401, "{}"));
		assertThatException()
			.isThrownBy(
					() -> library
						.start(this.keys, "zitadel.service-user.verify-on-startup=true",
								"zitadel.service-user.token-timeout=4s")
						.close())
			.withStackTraceContaining("/oidc/v1/userinfo answered with status 401: ");
	}

	/**
	 * No caller waits there who would interrupt the thread after a time.
	 */
	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void startWhenUserInfoDripsThenEndsAndTellsWhy(Library library) {
		for (String head : new String[] { "HTTP/1.1 200 OK\r\nX-Drip: ",
				"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" }) {
			Fault dripping = (request, connection) -> {
				if (request.startsWith("GET /oidc/v1/userinfo ")) {
					connection.write(head);
					connection.drip("x");
				}
				return false;
			};
			try (FaultyZitadel zitadel = new FaultyZitadel(dripping)) {
				assertThatException()
					.isThrownBy(() -> library
						.start(this.keys, "zitadel.service-user.issuer-uri=" + zitadel.url(),
								"zitadel.service-user.token-timeout=2s", "zitadel.service-user.verify-on-startup=true")
						.close())
					.withStackTraceContaining("The answer was not complete after 2000 ms");
				assertThat(Thread.currentThread().isInterrupted()).isFalse();
				Awaitility.await().untilAsserted(() -> assertThat(zitadel.faulty()).isZero());
			}
		}
	}

	private TokenRequestException failure(Library library, String issuer, Class<?>[] configurations,
			String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 2);
		all[properties.length] = "zitadel.service-user.issuer-uri=" + issuer;
		all[properties.length + 1] = "zitadel.service-user.require-https=false";
		try (ConfigurableApplicationContext application = library.start(this.keys, configurations, all)) {
			TokenRequestException failure = catchThrowableOfType(TokenRequestException.class,
					application.getBean(TokenSource.class)::await);
			assertThat(failure).isNotNull();
			return failure;
		}
	}

	static class Authenticated {

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<JdkClientHttpRequestFactoryBuilder> authenticator() {
			return (builder) -> builder.withHttpClientCustomizer((client) -> client.authenticator(new Authenticator() {
			}));
		}

	}

}
