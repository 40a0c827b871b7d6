// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;

import org.springframework.http.HttpHeaders;

/**
 * A server on loopback that records whatever it receives. It answers {@code /307} with
 * that status and the location that it was told, and {@code /second} with 401 unless the
 * token is that.
 */
final class Host implements AutoCloseable {

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final LocalServer server;

	private volatile String location = "/";

	Host(String name) {
		this.server = new LocalServer(name, this::handle);
	}

	int port() {
		return this.server.port();
	}

	String authority() {
		return this.server.authority();
	}

	URI uri(String path) {
		return this.server.uri(path);
	}

	void leadTo(Object target) {
		this.location = target.toString();
	}

	/**
	 * What was received since this was last asked for.
	 */
	List<Received> received() {
		List<Received> all = List.copyOf(this.received);
		this.received.clear();
		return all;
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			HttpHeaders headers = new HttpHeaders();
			exchange.getRequestHeaders().forEach(headers::addAll);
			String path = exchange.getRequestURI().toString();
			this.received.add(new Received(exchange.getRequestMethod(), path, headers, body));
			int status = path.matches("/30[0-9]") ? Integer.parseInt(path.substring(1)) : 200;
			if (path.equals("/second") && !"Bearer second".equals(headers.getFirst(HttpHeaders.AUTHORIZATION))) {
				status = 401;
			}
			if (status != 200 && !this.location.isEmpty()) {
				exchange.getResponseHeaders().set("Location", this.location);
			}
			byte[] answer = (status != 200) ? "x".repeat(10_000).getBytes(StandardCharsets.UTF_8)
					: "arrived".getBytes(StandardCharsets.UTF_8);
			// The server drops idle connections beyond a number, also one that a
			// client is just about to use again.
			exchange.getResponseHeaders().set("Connection", "close");
			boolean head = exchange.getRequestMethod().equals("HEAD");
			exchange.sendResponseHeaders(status, head ? -1 : answer.length);
			if (!head) {
				exchange.getResponseBody().write(answer);
			}
		}
	}

	@Override
	public void close() {
		this.server.close();
	}

	/**
	 * What arrived.
	 */
	record Received(String method, String path, HttpHeaders headers, String body) {

		boolean isAuthorized() {
			List<String> values = this.headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
			return values.size() == 1 && values.get(0).startsWith("Bearer ");
		}

		Map.Entry<String, String> line() {
			return Map.entry(this.method, this.path);
		}

	}

}
