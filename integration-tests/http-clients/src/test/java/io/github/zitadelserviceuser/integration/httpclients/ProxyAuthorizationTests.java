// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.apache.hc.core5.http.HttpHost;
import org.eclipse.jetty.client.HttpProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.netty.transport.ProxyProvider;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JettyClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ReactorClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.SimpleClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Where {@code Proxy-Authorization} arrives, if it is among the headers of a service
 * user: at a gateway that takes it in place of {@code Authorization}, and at a proxy.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProxyAuthorizationTests {

	private static final String HEADER = "zitadel.service-user.headers.Proxy-Authorization=Basic dTpw";

	private final FakeZitadel zitadel = FakeZitadel.start();

	@AfterEach
	void stop() {
		this.zitadel.close();
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenThereIsNoProxyThenArrivesUnlessByTheJdksClient(Library library) {
		try (ConfigurableApplicationContext application = library.start(this.zitadel, HEADER)) {
			library.get(application, URI.create(this.zitadel.url() + "/oidc/v1/userinfo"));
			List<String> expected = library.name().endsWith("JDK") ? null : List.of("Basic dTpw");
			assertThat(this.zitadel.userInfo().calls().get(0).headers().get("proxy-authorization")).isEqualTo(expected);
			if (!library.isReactive()) {
				assertThat(this.zitadel.tokenRequests().get(0).headers().get("proxy-authorization"))
					.isEqualTo(expected);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "BLOCKING_JDK", "BLOCKING_HTTP_COMPONENTS", "BLOCKING_JETTY", "BLOCKING_SIMPLE" })
	void callWhenByPlainHttpThroughAProxyThenArrivesThere(Library library) throws IOException {
		String issuer = "http://zitadel.localhost:1";
		try (RecordingProxy proxy = new RecordingProxy(issuer);
				ConfigurableApplicationContext application = start(library, issuer, proxy)) {
			assertThat(library.get(application, URI.create(issuer + "/api")).getBody()).isEqualTo("called");
			assertThat(proxy.requests()).hasSize(3).allMatch((head) -> head.contains("Basic dTpw"));
		}
	}

	@Test
	void callWhenByPlainHttpThroughAProxyByReactorNettyThenIsATunnelToo() throws IOException {
		assertTunnelHasNone(Library.BLOCKING_REACTOR, "http://zitadel.localhost:1");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void callWhenByTlsThroughAProxyThenTheTunnelHasNone(Library library) throws IOException {
		assertTunnelHasNone(library, "https://zitadel.localhost:1");
	}

	private void assertTunnelHasNone(Library library, String issuer) throws IOException {
		try (RecordingProxy proxy = new RecordingProxy(issuer);
				ConfigurableApplicationContext application = start(library, issuer, proxy)) {
			assertThat(catchThrowable(() -> library.get(application, URI.create(issuer + "/api")))).isNotNull();
			assertThat(proxy.requests()).isNotEmpty()
				.allMatch((head) -> head.startsWith("CONNECT "))
				.noneMatch((head) -> head.contains("Basic dTpw"));
		}
	}

	private ConfigurableApplicationContext start(Library library, String issuer, RecordingProxy proxy) {
		return library.start(this.zitadel, new Class<?>[] { Proxied.class },
				"zitadel.service-user.issuer-uri=" + issuer, "zitadel.service-user.require-https=false", HEADER,
				"zitadel.service-user.token-timeout=3s", "test.proxy-port=" + proxy.port());
	}

	static class Proxied {

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<JdkClientHttpRequestFactoryBuilder> jdk(
				@Value("${test.proxy-port}") int port) {
			return (builder) -> builder
				.withHttpClientCustomizer((client) -> client.proxy(ProxySelector.of(address(port))));
		}

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> httpComponents(
				@Value("${test.proxy-port}") int port) {
			return (builder) -> builder
				.withHttpClientCustomizer((client) -> client.setProxy(new HttpHost("localhost", port)));
		}

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<JettyClientHttpRequestFactoryBuilder> jetty(
				@Value("${test.proxy-port}") int port) {
			return (builder) -> builder.withHttpClientCustomizer(
					(client) -> client.getProxyConfiguration().addProxy(new HttpProxy("localhost", port)));
		}

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<ReactorClientHttpRequestFactoryBuilder> reactor(
				@Value("${test.proxy-port}") int port) {
			return (builder) -> builder.withHttpClientCustomizer((client) -> client
				.proxy((spec) -> spec.type(ProxyProvider.Proxy.HTTP).socketAddress(address(port))));
		}

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<SimpleClientHttpRequestFactoryBuilder> simple(
				@Value("${test.proxy-port}") int port) {
			return (builder) -> builder
				.withCustomizer((factory) -> factory.setProxy(new Proxy(Proxy.Type.HTTP, address(port))));
		}

		private static InetSocketAddress address(int port) {
			return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		}

	}

	/**
	 * Records what it is asked, answers in the place of ZITADEL, and opens no tunnel.
	 */
	private static final class RecordingProxy implements AutoCloseable {

		private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

		private final List<String> requests = new CopyOnWriteArrayList<>();

		private final String issuer;

		RecordingProxy(String issuer) throws IOException {
			this.issuer = issuer;
			start(this::accept);
		}

		int port() {
			return this.server.getLocalPort();
		}

		List<String> requests() {
			return this.requests;
		}

		private void accept() {
			try {
				while (true) {
					Socket socket = this.server.accept();
					start(() -> answer(socket));
				}
			}
			catch (IOException ex) {
				// Closed.
			}
		}

		private void answer(Socket socket) {
			try (socket) {
				BufferedReader reader = new BufferedReader(
						new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
				StringBuilder head = new StringBuilder();
				int length = 0;
				for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
					head.append(line).append('\n');
					length = line.toLowerCase(Locale.ROOT).startsWith("content-length:")
							? Integer.parseInt(line.substring(15).strip()) : length;
				}
				for (int i = 0; i < length; i++) {
					reader.read();
				}
				this.requests.add(head.toString());
				socket.getOutputStream().write(response(head.toString()).getBytes(StandardCharsets.ISO_8859_1));
			}
			catch (IOException ex) {
				// The client went away.
			}
		}

		private String response(String head) {
			if (head.startsWith("CONNECT ")) {
				return "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
			}
			String body = head.contains("/.well-known/")
					? "{\"issuer\":\"" + this.issuer + "\",\"token_endpoint\":\"" + this.issuer + "/oauth/v2/token\"}"
					: head.startsWith("POST ")
							? "{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":3600}" : "called";
			return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
					+ body.length() + "\r\n\r\n" + body;
		}

		private static void start(Runnable task) {
			Thread thread = new Thread(task, "recording-proxy");
			thread.setDaemon(true);
			thread.start();
		}

		@Override
		public void close() throws IOException {
			this.server.close();
		}

	}

}
