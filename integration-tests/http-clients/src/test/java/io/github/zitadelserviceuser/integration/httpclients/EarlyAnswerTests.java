// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import io.github.zitadelserviceuser.client.ServiceUserClientHttpRequestFactory;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.user.SharedResources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that answers 401 while the body is still on its way: the call ends, with that
 * answer, with the whole body sent once more, or with the failure to send it.
 */
@Timeout(120)
class EarlyAnswerTests {

	// More than what a connection holds on its way.
	private static final byte[] BODY = new byte[16 * 1024 * 1024];

	private final List<Integer> accepted = new CopyOnWriteArrayList<>();

	private final Uploads.Tokens tokens = new Uploads.Tokens();

	private final LocalServer server = new LocalServer("localhost", this::handle);

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@EnumSource
	void callWhenAnsweredBeforeTheBodyIsThereThenEnds(Wire library) {
		try (SharedResources shared = SharedResources.builder().requestFactoryBuilder(library.builder).build()) {
			callWhenAnsweredBeforeTheBodyIsThereThenEnds(
					shared.requestFactory(HttpClientSettings.defaults().withReadTimeout(Duration.ofSeconds(20))));
		}
	}

	private void callWhenAnsweredBeforeTheBodyIsThereThenEnds(ClientHttpRequestFactory wire) {
		RestClient client = RestClient.builder()
			.requestFactory(new ServiceUserClientHttpRequestFactory(wire, this.tokens,
					new AllowedHosts("test", List.of(), List.of("localhost"), true), null))
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
		assertThat(call(client, "reads", new ByteArrayResource(BODY))).isEqualTo("200");
		assertThat(call(client, "reads", stream())).isEqualTo("401");
		assertThat(call(client, "closes", new ByteArrayResource(BODY))).isIn("200", "not sent");
		assertThat(call(client, "closes", stream())).isIn("401", "not sent");
		assertThat(this.accepted).hasSizeBetween(1, 2).allMatch((bytes) -> bytes == BODY.length);
	}

	private String call(RestClient client, String path, Resource body) {
		URI uri = this.server.uri("/" + path + "/" + this.tokens.number());
		try {
			return "" + client.post().uri(uri).body(body).retrieve().toBodilessEntity().getStatusCode().value();
		}
		catch (ResourceAccessException ex) {
			return "not sent";
		}
	}

	private static Resource stream() {
		return new InputStreamResource(new ByteArrayInputStream(BODY));
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String token = exchange.getRequestHeaders().getFirst("Authorization");
			String path = exchange.getRequestURI().getPath();
			boolean old = Integer.parseInt(token.substring(token.indexOf('-') + 1)) <= Integer
				.parseInt(path.substring(path.lastIndexOf('/') + 1));
			byte[] answer = "answer".getBytes(StandardCharsets.UTF_8);
			if (old) {
				exchange.sendResponseHeaders(401, answer.length);
				exchange.getResponseBody().flush();
				if (path.startsWith("/reads/")) {
					exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
				}
			}
			else {
				this.accepted.add(exchange.getRequestBody().readAllBytes().length);
				exchange.sendResponseHeaders(200, answer.length);
			}
			exchange.getResponseBody().write(answer);
		}
	}

	enum Wire {

		JDK(ClientHttpRequestFactoryBuilder.jdk()), REACTOR(ClientHttpRequestFactoryBuilder.reactor()),
		HTTP_COMPONENTS(ClientHttpRequestFactoryBuilder.httpComponents()),
		JETTY(ClientHttpRequestFactoryBuilder.jetty()), SIMPLE(ClientHttpRequestFactoryBuilder.simple());

		private final ClientHttpRequestFactoryBuilder<?> builder;

		Wire(ClientHttpRequestFactoryBuilder<?> builder) {
			this.builder = builder;
		}

	}

}
