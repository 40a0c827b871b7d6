// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A body in parts, whose boundary the content type names, is sent again as it was.
 */
class MultipartBodyTests {

	private final ScriptedTokenSource tokens = new ScriptedTokenSource();

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	@AfterEach
	void close() {
		this.server.stop(0);
	}

	@ParameterizedTest
	@CsvSource({ "/things, 2", "/moved, 3" })
	void sendWhenItIsSentAgainThenHasItsBoundary(String path, int requests) {
		MultipartBodyBuilder parts = new MultipartBodyBuilder();
		parts.part("name", "value");
		URI uri = URI.create("http://localhost:" + this.server.getAddress().getPort() + path);
		assertThat(client().post()
			.uri(uri)
			.contentType(MediaType.MULTIPART_FORM_DATA)
			.body(BodyInserters.fromMultipartData(parts.build()))
			.retrieve()
			.bodyToMono(String.class)
			.block()).isEqualTo("welcome");
		assertThat(this.received).hasSize(requests).containsOnly(this.received.get(0));
		MediaType type = MediaType.parseMediaType(this.received.get(0).contentType());
		assertThat(this.received.get(0).body()).startsWith("--" + type.getParameter("boundary") + "\r\n");
	}

	private WebClient client() {
		return WebClient.builder()
			.clientConnector(new JdkClientHttpConnector())
			.filter(new ServiceUserExchangeFilterFunction(this.tokens, AuthorizedClient.hosts(), null)
				.withFollowRedirects(true))
			.build();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			this.received.add(new Received(exchange.getRequestHeaders().getFirst("Content-Type"), body));
			boolean moved = exchange.getRequestURI().getPath().equals("/moved");
			boolean welcome = "Bearer second".equals(exchange.getRequestHeaders().getFirst("Authorization"));
			exchange.getResponseHeaders().set("Location", "/things");
			exchange.getResponseHeaders().set("Connection", "close");
			byte[] answer = (welcome ? "welcome" : "go away").getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(moved ? 307 : welcome ? 200 : 401, answer.length);
			exchange.getResponseBody().write(answer);
		}
	}

	private record Received(String contentType, String body) {
	}

}
