// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.grpc;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import io.github.zitadelserviceuser.client.IssuerHeaders;
import io.github.zitadelserviceuser.client.grpc.ServiceUserCallCredentials;
import io.github.zitadelserviceuser.client.grpc.ServiceUserClientInterceptor;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.Origin;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyChannelBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Over TLS, the token goes to whom the certificate was verified for.
 */
class GrpcTlsTests {

	private static final String PASSWORD = "changeit";

	private static KeyStore keyStore;

	private static EchoServer server;

	private ManagedChannel channel;

	@BeforeAll
	static void start(@TempDir Path directory) throws Exception {
		keyStore = selfSigned(directory.resolve("localhost.p12"));
		KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(keyStore, PASSWORD.toCharArray());
		server = EchoServer.start(TlsServerCredentials.newBuilder().keyManager(keys.getKeyManagers()).build());
	}

	@BeforeEach
	void reset() {
		server.reset();
	}

	@AfterEach
	void stop() {
		this.channel.shutdownNow();
	}

	@AfterAll
	static void close() {
		server.close();
	}

	@Test
	void callWhenOriginIsAllowedThenTokenArrives() throws Exception {
		open(new AllowedHosts("zitadel.service-user", List.of(new Origin("https", "localhost", server.port())),
				List.of(), true));
		assertThat(Calls.unary(this.channel, "hello")).isEqualTo("hello");
		assertThat(server.authorizations()).containsExactly(List.of("Bearer first"));
	}

	@Test
	void callWhenHostIsNotAllowedThenFailsAndIsNotSent() throws Exception {
		open(hosts("another.example"));
		Status failure = Calls.failureOf(this.channel);
		assertThat(failure.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
		assertThat(failure.getDescription()).contains("https://" + server.authority());
		assertThat(server.authorizations()).isEmpty();
	}

	@Test
	void callWhenItNamesAnAllowedHostOnAnotherConnectionThenFailsAndIsNotSent() throws Exception {
		open(hosts("another.example"));
		Status failure = Calls.failureOf(this.channel, CallOptions.DEFAULT.withAuthority("another.example"));
		assertThat(failure.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
		assertThat(failure.getDescription()).contains("https://localhost");
		assertThat(server.authorizations()).isEmpty();
	}

	/**
	 * The gateway that the authority names is not where the connection leads.
	 */
	@Test
	void callWhenItNamesTheIssuerOnAConnectionToAnAllowedHostThenHasNoHeadersOfItsGateway() throws Exception {
		AllowedHosts allowed = new AllowedHosts("zitadel.service-user", List.of(),
				List.of("localhost", "another.example"), true);
		Map<String, String> headers = Map.of("X-Gateway-Key", "s3cret");
		open(allowed, new IssuerHeaders(Map.of(new Origin("https", "another.example", 443), headers,
				new Origin("https", "localhost", server.port()), headers)));
		Calls.unary(this.channel, "hello", CallOptions.DEFAULT.withAuthority("another.example"));
		Calls.unary(this.channel, "hello");
		assertThat(server.received("x-gateway-key")).containsExactly(List.of(), List.of("s3cret"));
		assertThat(server.authorizations()).hasSize(2).allMatch((values) -> values.equals(List.of("Bearer first")));
	}

	private void open(AllowedHosts allowed) throws Exception {
		open(allowed, null);
	}

	private void open(AllowedHosts allowed, @Nullable IssuerHeaders headers) throws Exception {
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(keyStore);
		this.channel = NettyChannelBuilder
			.forTarget("dns:///" + server.authority(),
					TlsChannelCredentials.newBuilder().trustManager(trusted.getTrustManagers()).build())
			.intercept(new ServiceUserClientInterceptor(
					new ServiceUserCallCredentials(new ScriptedTokens(), allowed, headers)))
			.build();
	}

	private static AllowedHosts hosts(String host) {
		return new AllowedHosts("zitadel.service-user", List.of(), List.of(host), true);
	}

	private static KeyStore selfSigned(Path file) throws Exception {
		Process keytool = new ProcessBuilder(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
						"server", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=dns:localhost", "-storetype",
						"PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD))
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(keytool.waitFor()).as(output).isZero();
		KeyStore keyStore = KeyStore.getInstance("PKCS12");
		try (InputStream input = Files.newInputStream(file)) {
			keyStore.load(input, PASSWORD.toCharArray());
		}
		return keyStore;
	}

}
