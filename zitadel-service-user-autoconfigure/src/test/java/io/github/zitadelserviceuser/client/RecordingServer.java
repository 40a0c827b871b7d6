// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A resource server on loopback that takes certain tokens, answers 401 to all others, and
 * records what arrives.
 */
final class RecordingServer implements AutoCloseable {

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final HttpServer server;

	private volatile int status = 401;

	private volatile String accepted = "second";

	private volatile String challenge = "Bearer error=\"invalid_token\"";

	RecordingServer() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.setExecutor(this.executor);
		this.server.start();
	}

	URI uri() {
		return URI.create("http://localhost:" + this.server.getAddress().getPort() + "/things?id=1");
	}

	/**
	 * Accept one token; the default is the {@code second}.
	 */
	void accept(String token) {
		this.accepted = token;
	}

	void refuseWith(int status, String challenge) {
		this.status = status;
		this.challenge = challenge;
	}

	List<Received> received() {
		return this.received;
	}

	private void handle(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		Headers headers = exchange.getRequestHeaders();
		this.received.add(new Received(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
				headers.getOrDefault("Authorization", List.of()), headers.getFirst("Content-Type"),
				new String(body, StandardCharsets.UTF_8)));
		boolean authorized = headers.getOrDefault("Authorization", List.of())
			.equals(List.of("Bearer " + this.accepted));
		byte[] answer = (authorized ? "welcome" : "go away").getBytes(StandardCharsets.UTF_8);
		if (!authorized) {
			exchange.getResponseHeaders().set("WWW-Authenticate", this.challenge);
		}
		// The server drops idle connections beyond a number, also one that a
		// client is just about to use again.
		exchange.getResponseHeaders().set("Connection", "close");
		exchange.sendResponseHeaders(authorized ? 200 : this.status, answer.length);
		exchange.getResponseBody().write(answer);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

	/**
	 * What arrived.
	 */
	record Received(String method, String uri, List<String> authorization, String contentType, String body) {
	}

}
