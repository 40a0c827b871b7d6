// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

/**
 * What the application has set for its connections holds for those of the service user,
 * and for those to ZITADEL.
 */
// Without the settings the calls would wait for ever.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionSettingsTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final Host host = new Host("localhost");

	@AfterEach
	void stop() {
		this.host.close();
		this.zitadel.close();
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenServerIsSlowThenReadTimeoutHolds(Library library) {
		try (ConfigurableApplicationContext application = start(library, "spring.http.clients.read-timeout=300ms")) {
			assertThat(library.get(application, this.host.uri("/")).getBody()).isEqualTo("arrived");
			this.zitadel.userInfo().hold();
			assertTimesOut(() -> library.get(application, URI.create(this.zitadel.url() + "/oidc/v1/userinfo")));
			this.zitadel.userInfo().release();
			assertThat(library.get(application, this.host.uri("/")).getBody()).isEqualTo("arrived");
		}
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenServerAcceptsNoConnectionThenConnectTimeoutHolds(Library library) throws IOException {
		List<Socket> waiting = new ArrayList<>();
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("localhost"));
				ConfigurableApplicationContext application = start(library,
						"spring.http.clients.connect-timeout=300ms")) {
			assertThat(library.get(application, this.host.uri("/")).getBody()).isEqualTo("arrived");
			fill(full, waiting);
			assertTimesOut(() -> library.get(application, URI.create("http://localhost:" + full.getLocalPort())));
			assertThat(library.get(application, this.host.uri("/")).getBody()).isEqualTo("arrived");
		}
		finally {
			for (Socket socket : waiting) {
				socket.close();
			}
		}
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenCertificateIsInTheBundleThenIsTrusted(Library library, @TempDir Path directory) throws Exception {
		Path store = directory.resolve("server.p12");
		try (StubZitadel server = StubZitadel.overTls(store)) {
			String issuer = "zitadel.service-user.issuer-uri=" + server.issuer();
			URI uri = URI.create(server.issuer() + "/api");
			try (ConfigurableApplicationContext application = library.start(this.zitadel, issuer)) {
				assertThatExceptionOfType(TokenRequestException.class).isThrownBy(() -> library.get(application, uri));
				assertThat(server.paths()).isEmpty();
			}
			try (ConfigurableApplicationContext application = library.start(this.zitadel, issuer,
					"spring.ssl.bundle.jks.server.truststore.location=" + store.toUri(),
					"spring.ssl.bundle.jks.server.truststore.password=" + StubZitadel.PASSWORD,
					"spring.ssl.bundle.jks.server.truststore.type=PKCS12", "spring.http.clients.ssl.bundle=server")) {
				assertThat(library.get(application, uri).getBody()).isEqualTo("10");
				assertThat(server.paths()).containsExactly("/.well-known/openid-configuration", "/oauth/v2/token",
						"/api");
			}
		}
	}

	private static void assertTimesOut(Runnable call) {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(call::run)
			.isInstanceOfAny(ResourceAccessException.class, WebClientRequestException.class);
	}

	/**
	 * Until the queue of connections that nobody accepts is full.
	 */
	private static void fill(ServerSocket server, List<Socket> waiting) throws IOException {
		for (int connections = 0; connections < 64; connections++) {
			Socket socket = new Socket();
			waiting.add(socket);
			try {
				socket.connect(server.getLocalSocketAddress(), 500);
			}
			catch (SocketTimeoutException ex) {
				return;
			}
		}
		fail("The queue does not fill up");
	}

	private ConfigurableApplicationContext start(Library library, String property) {
		return library.start(this.zitadel, property, "zitadel.service-user.allowed-hosts=localhost");
	}

}
