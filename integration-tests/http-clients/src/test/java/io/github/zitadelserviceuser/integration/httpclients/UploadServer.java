// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;

/**
 * Reads whatever it is sent and keeps its size alone. It answers 401 to a token whose
 * number is the one in the path, or less.
 */
final class UploadServer implements AutoCloseable {

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final LocalServer server = new LocalServer("localhost", this::handle);

	URI uri() {
		return this.server.uri("");
	}

	List<Received> received() {
		return this.received;
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			long bytes = discard(exchange.getRequestBody());
			String token = exchange.getRequestHeaders().getFirst("Authorization");
			int number = Integer.parseInt(token.substring(token.indexOf('-') + 1));
			int status = (number <= Integer.parseInt(exchange.getRequestURI().getPath().substring(1))) ? 401 : 200;
			this.received.add(new Received(bytes, status));
			exchange.sendResponseHeaders(status, -1);
		}
	}

	private static long discard(InputStream body) throws IOException {
		byte[] buffer = new byte[64 * 1024];
		long bytes = 0;
		for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
			bytes += count;
		}
		return bytes;
	}

	@Override
	public void close() {
		this.server.close();
	}

	/**
	 * What arrived.
	 */
	record Received(long bytes, int status) {
	}

}
