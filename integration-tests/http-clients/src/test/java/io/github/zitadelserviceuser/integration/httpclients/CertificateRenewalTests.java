// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenStatus;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Certificates of both sides change while an application runs, and token requests and
 * calls go on without a restart, with each client library.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CertificateRenewalTests {

	private static final FakeZitadel KEYS = FakeZitadel.start();

	private static Certificate firstServer;

	private static Certificate secondServer;

	private static Certificate firstClient;

	private static Certificate secondClient;

	private final Server server = new Server();

	@BeforeAll
	static void makeCertificates(@TempDir Path directory) {
		List<Certificate> all = Certificate.createAll(directory, "first-server", "second-server", "first-client",
				"second-client");
		firstServer = all.get(0);
		secondServer = all.get(1);
		firstClient = all.get(2);
		secondClient = all.get(3);
	}

	@AfterAll
	static void stop() {
		KEYS.close();
	}

	@AfterEach
	void close() {
		this.server.zitadel.close();
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenBundleIsUpdatedThenNextConnectionUsesIt(Library library) throws Exception {
		this.server.become(firstServer.serverTrusting(firstClient, secondClient));
		try (ConfigurableApplicationContext application = library.start(KEYS, new Class<?>[] { Registered.class },
				"zitadel.service-user.issuer-uri=" + this.server.zitadel.url(),
				"spring.http.clients.ssl.bundle=renewed")) {
			URI uri = URI.create(this.server.zitadel.url() + "/api");
			RefreshingTokenSource tokens = application.getBean(RefreshingTokenSource.class);
			SslBundleRegistry bundles = application.getBean(SslBundleRegistry.class);
			assertThat(library.get(application, uri).getStatusCode().value()).isEqualTo(200);
			assertThat(this.server.clients()).containsOnly("CN=first-client").hasSize(3);
			// The same server, with which a session could be resumed.
			bundles.updateBundle("renewed", bundle(secondClient, firstServer));
			tokens.forget();
			assertThat(library.get(application, uri).getStatusCode().value()).isEqualTo(200);
			assertThat(this.server.clients()).containsOnly("CN=second-client").isNotEmpty();
			this.server.become(secondServer.serverTrusting(secondClient));
			assertThatException().isThrownBy(() -> library.get(application, uri))
				.withStackTraceContaining("unable to find valid certification path");
			tokens.forget();
			assertThatException().isThrownBy(tokens::await).withMessageContaining("was refused");
			assertThat(this.server.clients()).isEmpty();
			bundles.updateBundle("renewed", bundle(secondClient, secondServer));
			tokens.forget();
			assertThat(library.get(application, uri).getStatusCode().value()).isEqualTo(200);
			assertThat(this.server.clients()).containsOnly("CN=second-client").isNotEmpty();
		}
	}

	@Test
	void awaitWhenFilesAreRewrittenThenRefreshSucceedsAndTokenIsServedMeanwhile(@TempDir Path directory)
			throws Exception {
		write(directory, firstServer, firstClient);
		this.server.become(firstServer.serverTrusting(firstClient));
		String bundle = "spring.ssl.bundle.pem.renewed.";
		String prefix = directory.toUri().toString();
		try (ConfigurableApplicationContext application = Library.BLOCKING_JDK.start(KEYS,
				new Class<?>[] { RefreshedAllTheTime.class },
				"zitadel.service-user.issuer-uri=" + this.server.zitadel.url(),
				"spring.http.clients.ssl.bundle=renewed", bundle + "reload-on-update=true",
				bundle + "truststore.certificate=" + prefix + "server.pem",
				bundle + "keystore.certificate=" + prefix + "client.pem",
				bundle + "keystore.private-key=" + prefix + "client-key.pem",
				"spring.ssl.bundle.watch.file.quiet-period=100ms")) {
			RefreshingTokenSource tokens = application.getBean(RefreshingTokenSource.class);
			assertThat(tokens.await().value()).isEqualTo("abc");
			this.server.become(secondServer.serverTrusting(secondClient));
			Awaitility.await().untilAsserted(() -> {
				assertThat(tokens.await().value()).isEqualTo("abc");
				assertThat(failure(tokens)).isEqualTo(Reason.WRONG_SERVER);
			});
			this.server.clients();
			write(directory, secondServer, secondClient);
			Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				assertThat(tokens.await().value()).isEqualTo("abc");
				assertThat(failure(tokens)).isNull();
			});
			assertThat(this.server.clients()).containsOnly("CN=second-client").isNotEmpty();
		}
	}

	private static @Nullable Reason failure(RefreshingTokenSource tokens) {
		TokenStatus.Failure failure = tokens.status().failure();
		return (failure != null) ? failure.cause().getReason() : null;
	}

	private static void write(Path directory, Certificate server, Certificate client) throws Exception {
		Files.writeString(directory.resolve("server.pem"), server.pem());
		Files.writeString(directory.resolve("client.pem"), client.pem());
		Files.writeString(directory.resolve("client-key.pem"), client.keyPem());
	}

	private static SslBundle bundle(Certificate client, Certificate server) throws Exception {
		return SslBundle.of(SslStoreBundle.of(client.store(), Certificate.PASSWORD, Certificate.trusting(server)));
	}

	static class Registered {

		@Bean
		SslBundleRegistrar bundle() {
			return (registry) -> {
				try {
					registry.registerBundle("renewed", CertificateRenewalTests.bundle(firstClient, firstServer));
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			};
		}

	}

	/**
	 * No pause and no token is longer than that.
	 */
	static class RefreshedAllTheTime {

		@Bean
		RefreshPolicy refreshPolicy() {
			Duration pause = Duration.ofMillis(20);
			RefreshPolicy policy = RefreshPolicy.defaults();
			return new RefreshPolicy(0.00001, 0, policy.expiryMargin(), pause, pause, pause, policy.tokenTimeout(),
					policy.shortestHold(), false);
		}

	}

	/**
	 * Asks for a certificate, and closes each connection after one answer.
	 */
	private static final class Server extends ServerSocketFactory {

		private final List<String> clients = new CopyOnWriteArrayList<>();

		private final FaultyZitadel zitadel = new FaultyZitadel("https", this, (socket) -> {
		}, this::isAnswer);

		private volatile @Nullable SSLContext context;

		private void become(SSLContext context) {
			this.context = context;
		}

		/**
		 * Who has called since this was last asked.
		 */
		private List<String> clients() {
			List<String> all = List.copyOf(this.clients);
			this.clients.clear();
			return all;
		}

		private boolean isAnswer(String request, FaultyZitadel.Connection connection) throws IOException {
			if (request.isEmpty()) {
				return false;
			}
			this.clients.add(((SSLSocket) connection.socket()).getSession().getPeerPrincipal().getName());
			String issuer = this.zitadel.url();
			String json = request.startsWith("POST ")
					? "{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
					: "{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"" + issuer + "/oauth/v2/token\"}";
			connection
				.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
						+ json.length() + "\r\n\r\n" + json);
			return true;
		}

		@Override
		public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
			return new ServerSocket(port, backlog, address) {

				@Override
				public Socket accept() throws IOException {
					Socket socket = super.accept();
					SSLSocket tls = (SSLSocket) Objects.requireNonNull(Server.this.context)
						.getSocketFactory()
						.createSocket(socket, null, socket.getPort(), true);
					tls.setUseClientMode(false);
					tls.setNeedClientAuth(true);
					return tls;
				}

			};
		}

		@Override
		public ServerSocket createServerSocket(int port) {
			throw new UnsupportedOperationException();
		}

		@Override
		public ServerSocket createServerSocket(int port, int backlog) {
			throw new UnsupportedOperationException();
		}

	}

}
