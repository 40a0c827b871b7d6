// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Reads whatever it is sent and keeps its size alone. It answers 401 to a token whose
 * number is the one in the path, or less.
 */
final class UploadServer implements AutoCloseable {

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	UploadServer() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", this::handle);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	URI uri() {
		return URI.create("http://localhost:" + this.server.getAddress().getPort());
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
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	/**
	 * What arrived.
	 */
	record Received(long bytes, int status) {
	}

}
