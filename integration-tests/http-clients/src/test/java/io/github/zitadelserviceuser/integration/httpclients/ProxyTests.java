// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Which libraries go through a proxy, by which settings: what the table in the
 * documentation says, for plain http and over TLS, for discovery, token and calls.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProxyTests {

	private static final String DIRECT = "direct.invalid";

	private static final FakeZitadel KEYS = FakeZitadel.start();

	private static Certificate certificate;

	private final Map<String, @Nullable String> before = new HashMap<>();

	private RecordingProxy proxy;

	@BeforeAll
	static void makeCertificate(@TempDir Path directory) throws Exception {
		certificate = Certificate.create(directory.resolve("zitadel.p12"), "zitadel");
	}

	@AfterAll
	static void stop() {
		KEYS.close();
	}

	@BeforeEach
	void start() throws Exception {
		this.proxy = new RecordingProxy(certificate);
	}

	@AfterEach
	void close() {
		this.proxy.close();
		this.before.forEach(ProxyTests::restore);
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenLibraryHasAProxyThenEverythingGoesThroughIt(Library library) {
		try (ConfigurableApplicationContext application = start(library, this.proxy.port(), "10s",
				ProxiedClients.class)) {
			ServiceUserClient secure = user(application, "default");
			ServiceUserClient plain = user(application, "plain");
			assertAllProxied(library, secure);
			assertAllProxied(library, plain);
			this.proxy.refuse();
			for (ServiceUserClient user : List.of(secure, plain)) {
				// A connection that is still open may be noticed to be cut only now.
				Awaitility.await()
					.untilAsserted(() -> assertThatException().isThrownBy(() -> call(library, user, "/api"))
						.withStackTraceContaining("407"));
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenJvmNamesAProxyThenGoesThroughItAsDocumented(Library library) throws IOException {
		setProperties(this.proxy.port());
		boolean follows = isDocumentedToFollowTheJvm(library);
		try (ConfigurableApplicationContext application = start(library, 0, follows ? "10s" : "1s")) {
			ServiceUserClient secure = user(application, "default");
			ServiceUserClient plain = user(application, "plain");
			if (follows) {
				assertAllProxied(library, secure);
				assertAllProxied(library, plain);
			}
			else {
				assertThatException().isThrownBy(() -> call(library, secure, "/api"));
				assertThatException().isThrownBy(() -> call(library, plain, "/api"));
				assertThat(this.proxy.requests()).noneMatch((request) -> request.endsWith("/api"));
			}
			assertThatException().isThrownBy(() -> call(library, plain, "http://" + DIRECT + "/api"));
			assertThat(this.proxy.requests()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void awaitWhenProxyOfTheJvmIsNotThereThenNamesIt(Library library) {
		setProperties(1);
		try (ConfigurableApplicationContext application = start(library, 0, "1s")) {
			assertThat(failure(application))
				.contains("is the proxy localhost:1 up that the JVM's settings name, and is");
		}
	}

	/**
	 * The others do not tell to what they could not connect.
	 */
	@ParameterizedTest
	@EnumSource(names = { "BLOCKING_REACTOR", "BLOCKING_HTTP_COMPONENTS" })
	void awaitWhenProxyOfTheLibraryIsNotThereThenItsAddressIsShown(Library library) {
		try (ConfigurableApplicationContext application = start(library, 1, "1s", ProxiedClients.class)) {
			assertThat(failure(application))
				.matches("No answer from https://zitadel.invalid/.*localhost(/127.0.0.1)?:1\\b.*");
		}
	}

	/**
	 * The first request of all may take longer than is waited for it.
	 */
	private static String failure(ConfigurableApplicationContext application) {
		TokenSource tokens = user(application, "default").tokenSource();
		return Awaitility.await()
			.until(() -> String.valueOf(catchThrowableOfType(TokenRequestException.class, tokens::await).getMessage()),
					(message) -> !message.startsWith("No token within"));
	}

	private void assertAllProxied(Library library, ServiceUserClient user) {
		String issuer = user.authorizationServer().issuer().toString();
		assertThat(call(library, user, "/api")).contains(issuer);
		List<String> requests = this.proxy.requests();
		assertThat(requests).filteredOn((request) -> !request.startsWith("CONNECT "))
			.containsExactly("GET " + issuer + "/.well-known/openid-configuration",
					"POST " + issuer + "/oauth/v2/token", "GET " + issuer + "/api");
		if (issuer.startsWith("https:")) {
			assertThat(requests).contains("CONNECT " + Certificate.HOST + ":443");
		}
	}

	private static @Nullable String call(Library library, ServiceUserClient user, String uri) {
		return library.isReactive() ? user.webClient().get().uri(uri).retrieve().bodyToMono(String.class).block()
				: user.restClient().get().uri(uri).retrieve().body(String.class);
	}

	private static ServiceUserClient user(ConfigurableApplicationContext application, String name) {
		return application.getBean(ServiceUsers.class).get(name);
	}

	private static boolean isDocumentedToFollowTheJvm(Library library) throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("../../docs/operating.md"))) {
			String[] cells = lines.filter((line) -> line.startsWith("| `" + library.property() + "` | "))
				.findFirst()
				.orElseThrow()
				.split(" *\\| *");
			String cell = cells[library.isReactive() ? 3 : 2];
			assertThat(cell).isIn("yes", "no", "from Spring Boot 4.1");
			return cell.equals("yes")
					|| (cell.startsWith("from ") && !SpringBootVersion.getVersion().startsWith("4.0."));
		}
	}

	private ConfigurableApplicationContext start(Library library, int port, String tokenTimeout,
			Class<?>... configurations) {
		List<String> all = new ArrayList<>(List.of("test.proxy-port=" + port,
				"spring.ssl.bundle.jks.server.truststore.location=" + certificate.file().toUri(),
				"spring.ssl.bundle.jks.server.truststore.password=" + Certificate.PASSWORD,
				"spring.ssl.bundle.jks.server.truststore.type=PKCS12", "spring.http.clients.ssl.bundle=server",
				"zitadel.service-user.issuer-uri=https://" + Certificate.HOST,
				"zitadel.service-user.token-timeout=" + tokenTimeout,
				"zitadel.service-users.plain.issuer-uri=http://" + Certificate.HOST,
				"zitadel.service-users.plain.require-https=false",
				"zitadel.service-users.plain.allowed-hosts=" + DIRECT,
				"zitadel.service-users.plain.key-location=" + KEYS.serviceUser().key().keyFile()));
		if (library.isReactive()) {
			all.add("spring.http.clients.imperative.factory=jdk");
		}
		return library.start(KEYS, configurations, all.toArray(String[]::new));
	}

	private void setProperties(int port) {
		for (String scheme : List.of("http", "https")) {
			set(scheme + ".proxyHost", "localhost");
			set(scheme + ".proxyPort", String.valueOf(port));
		}
		set("http.nonProxyHosts", "localhost|127.*|" + DIRECT);
	}

	private void set(String name, String value) {
		this.before.put(name, System.setProperty(name, value));
	}

	private static void restore(String name, @Nullable String value) {
		if (value != null) {
			System.setProperty(name, value);
		}
		else {
			System.clearProperty(name);
		}
	}

}
