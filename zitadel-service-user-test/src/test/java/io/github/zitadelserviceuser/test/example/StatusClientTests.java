// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test.example;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.zitadelserviceuser.test.AutoConfigureServiceUserToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webclient.test.autoconfigure.WebClientTest;

import static org.assertj.core.api.Assertions.assertThat;

@WebClientTest(components = StatusClient.class, properties = "zitadel.service-user.allowed-hosts=localhost")
@AutoConfigureServiceUserToken("a-token-of-mine")
class StatusClientTests {

	private static HttpServer server;

	@Autowired
	StatusClient client;

	@BeforeAll
	static void start() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/status", StatusClientTests::echoAuthorization);
		server.start();
	}

	@AfterAll
	static void stop() {
		server.stop(0);
	}

	@Test
	void statusWhenAskedForThenIsFetchedAsTheServiceUser() {
		String api = "http://localhost:" + server.getAddress().getPort();
		assertThat(this.client.status(api).block()).isEqualTo("Bearer a-token-of-mine");
	}

	private static void echoAuthorization(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestHeaders().getFirst("Authorization").getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

}
