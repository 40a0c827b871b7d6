// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A resource server on loopback that takes everything, records the headers of what
 * arrives, and leads from {@code /redirect} to where it is told.
 */
public final class OpenServer implements AutoCloseable {

	private final List<Map<String, List<String>>> received = new CopyOnWriteArrayList<>();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final HttpServer server;

	private volatile String target = "/";

	public OpenServer() {
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

	public String authority() {
		return "localhost:" + this.server.getAddress().getPort();
	}

	public String url(String path) {
		return "http://" + authority() + path;
	}

	public void redirectTo(String target) {
		this.target = target;
	}

	/**
	 * The headers of each request.
	 */
	public List<Map<String, List<String>>> received() {
		return this.received;
	}

	/**
	 * The values of the {@code Authorization} header of each request.
	 */
	public List<List<String>> authorizations() {
		return this.received.stream().map((headers) -> headers.getOrDefault("Authorization", List.of())).toList();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.getRequestBody().readAllBytes();
			this.received.add(Map.copyOf(exchange.getRequestHeaders()));
			boolean redirect = exchange.getRequestURI().getPath().equals("/redirect");
			if (redirect) {
				exchange.getResponseHeaders().set("Location", this.target);
			}
			// The server drops idle connections beyond a number, also one that a
			// client is just about to use again.
			exchange.getResponseHeaders().set("Connection", "close");
			exchange.sendResponseHeaders(redirect ? 302 : 204, -1);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

}
