// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A resource server on the loopback interface that answers everything with 200, unless
 * told otherwise, and keeps what it was asked. A path {@code /redirect} leads to where it
 * is told.
 */
public final class RecordingServer implements AutoCloseable {

	private static final int BACKLOG = 1024;

	private final List<Call> calls = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "recording-server");
		thread.setDaemon(true);
		return thread;
	});

	private final HttpServer server;

	private final Map<String, String> documents = new ConcurrentHashMap<>();

	private final Queue<Integer> failures = new ConcurrentLinkedQueue<>();

	private volatile String redirectTarget = "/";

	private volatile Predicate<String> accepted = (token) -> true;

	private RecordingServer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	/**
	 * Starts one on a free port.
	 * @return a running server
	 */
	public static RecordingServer start() {
		try {
			return new RecordingServer();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the address as a host and port, for {@code allowed-hosts}.
	 * @return the authority
	 */
	public String authority() {
		return "localhost:" + this.server.getAddress().getPort();
	}

	/**
	 * Return a URL of this server.
	 * @param path the path
	 * @return the URL
	 */
	public String url(String path) {
		return "http://" + authority() + path;
	}

	/**
	 * Lets {@code /redirect} lead there.
	 * @param target the value of {@code Location}
	 */
	public void redirectTo(String target) {
		this.redirectTarget = target;
	}

	/**
	 * Answers 401 to whoever has no token that is accepted.
	 * @param accepted tells whether the value of a token is
	 */
	public void accept(Predicate<String> accepted) {
		this.accepted = accepted;
	}

	/**
	 * Answers a path with JSON.
	 * @param path the path
	 * @param json the JSON
	 */
	public void answer(String path, String json) {
		this.documents.put(path, json);
	}

	/**
	 * Fails the next request that would not have failed otherwise.
	 * @param status the status code of the answer
	 */
	public void failNext(int status) {
		this.failures.add(status);
	}

	/**
	 * Return what was asked so far.
	 * @return a copy, the oldest first
	 */
	public List<Call> calls() {
		return List.copyOf(this.calls);
	}

	/**
	 * Forgets what was asked.
	 */
	public void reset() {
		this.calls.clear();
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			String path = exchange.getRequestURI().getPath();
			List<String> authorization = List
				.copyOf(exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
			this.calls.add(new Call(exchange.getRequestMethod(), path, authorization,
					Map.copyOf(exchange.getRequestHeaders()), content));
			int status = status(path, authorization);
			if (status == 302) {
				exchange.getResponseHeaders().set("Location", this.redirectTarget);
			}
			String document = this.documents.get(path);
			if (document != null) {
				exchange.getResponseHeaders().set("Content-Type", "application/json");
			}
			byte[] body = Objects.requireNonNullElse(document, "answered").getBytes(StandardCharsets.UTF_8);
			// The server drops idle connections beyond a number, also one that a
			// client is just about to use again.
			exchange.getResponseHeaders().set("Connection", "close");
			exchange.sendResponseHeaders(status, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	private int status(String path, List<String> authorization) {
		if (path.equals("/redirect")) {
			return 302;
		}
		String token = authorization.isEmpty() ? "" : authorization.get(0).replaceFirst("^Bearer ", "");
		if (!this.accepted.test(token)) {
			return 401;
		}
		return Objects.requireNonNullElse(this.failures.poll(), 200);
	}

	/**
	 * One request.
	 *
	 * @param method the method
	 * @param path the path
	 * @param authorization the values of the {@code Authorization} header
	 * @param headers all headers
	 * @param body the body as text
	 */
	public record Call(String method, String path, List<String> authorization, Map<String, List<String>> headers,
			String body) {

		/**
		 * Leaves out the headers and the body, which may hold a token.
		 */
		@Override
		public String toString() {
			return this.method + " " + this.path + " with " + this.authorization.size() + " Authorization header(s)";
		}

	}

}
