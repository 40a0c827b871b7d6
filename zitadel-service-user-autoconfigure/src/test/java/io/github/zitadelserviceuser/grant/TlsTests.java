// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that cannot prove who they are get no assertion, over each HTTP client.
 */
class TlsTests {

	private static final char[] PASSWORD = "changeit".toCharArray();

	private static final FakeZitadel KEYS = FakeZitadel.start();

	private static KeyStore ofLocalhost;

	private static KeyStore ofAnotherHost;

	private final AtomicInteger requests = new AtomicInteger();

	private HttpsServer server;

	@BeforeAll
	static void makeCertificates(@TempDir Path directory) throws Exception {
		ofLocalhost = selfSigned(directory.resolve("localhost.p12"), "localhost");
		ofAnotherHost = selfSigned(directory.resolve("another.p12"), "another.example");
	}

	@AfterAll
	static void close() {
		KEYS.close();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenCertificateIsNotTrustedThenNamesTheBundle(HttpClientKind kind) throws Exception {
		String issuer = start(ofLocalhost);
		TokenRequestException failure = Grants.failureOf(Grants.of(issuer, Grants.keyOf(KEYS), kind.restClient()));
		assertThat(failure.getReason()).isEqualTo(Reason.WRONG_SERVER);
		assertThat(failure)
			.hasMessageContaining("The TLS certificate of " + issuer + "/.well-known/openid-configuration was refused")
			.hasMessageContaining("spring.http.clients.ssl.bundle")
			.hasMessageContaining("expired");
		assertThat(this.requests).hasValue(0);
		assertThat(Grants.of(issuer, Grants.keyOf(KEYS), trusting(kind, ofLocalhost)).request().accessToken())
			.isEqualTo("abc");
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenCertificateIsOfAnotherHostThenSaysSo(HttpClientKind kind) throws Exception {
		String issuer = start(ofAnotherHost);
		TokenRequestException failure = Grants
			.failureOf(Grants.of(issuer, Grants.keyOf(KEYS), trusting(kind, ofAnotherHost)));
		assertThat(failure.getReason()).isEqualTo(Reason.WRONG_SERVER);
		assertThat(failure).hasMessageContaining("was refused")
			.hasMessageContaining(
					"It is for another host: does zitadel.service-user.issuer-uri name the host as the certificate does?")
			.message()
			.doesNotContain("ssl.bundle");
		assertThat(this.requests).hasValue(0);
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenServerSpeaksPlainHttpThenIsUnreachable(HttpClientKind kind) throws Exception {
		start(ofLocalhost);
		String issuer = "https://localhost:" + KEYS.port();
		TokenRequestException failure = Grants.failureOf(Grants.of(issuer, Grants.keyOf(KEYS), kind.restClient()));
		assertThat(failure.getReason()).isEqualTo(Reason.UNREACHABLE);
		assertThat(failure).hasMessageContaining("(SSL")
			.hasMessageContaining("does it speak TLS")
			.hasMessageContaining("zitadel.service-user.issuer-uri");
	}

	private String start(KeyStore keyStore) throws IOException, GeneralSecurityException {
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(keyStore, PASSWORD);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), null, null);
		this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setHttpsConfigurator(new HttpsConfigurator(context));
		String issuer = "https://localhost:" + this.server.getAddress().getPort();
		serve("/.well-known/openid-configuration",
				"{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"" + issuer + "/oauth/v2/token\"}");
		serve("/oauth/v2/token", "{\"access_token\":\"abc\",\"token_type\":\"Bearer\"}");
		this.server.start();
		return issuer;
	}

	private void serve(String path, String json) {
		this.server.createContext(path, (exchange) -> {
			this.requests.incrementAndGet();
			byte[] body = json.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
	}

	private static RestClient trusting(HttpClientKind kind, KeyStore trustStore) {
		SslBundle bundle = SslBundle.of(SslStoreBundle.of(null, null, trustStore));
		return kind.restClient((settings) -> settings.withSslBundle(bundle));
	}

	private static KeyStore selfSigned(Path file, String host) throws Exception {
		Process keytool = new ProcessBuilder(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
						"server", "-keyalg", "EC", "-dname", "CN=" + host, "-ext", "SAN=dns:" + host, "-storetype",
						"PKCS12", "-keystore", file.toString(), "-storepass", new String(PASSWORD)))
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(keytool.waitFor()).as(output).isZero();
		KeyStore keyStore = KeyStore.getInstance("PKCS12");
		try (InputStream input = Files.newInputStream(file)) {
			keyStore.load(input, PASSWORD);
		}
		return keyStore;
	}

}
