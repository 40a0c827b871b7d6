// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's API that is protected by ZITADEL. It asks ZITADEL about a token when it sees
 * it for the first time, and goes by a clock of its own from then on.
 */
final class StandInApi implements AutoCloseable {

	private static final String BEARER = "Bearer ";

	private final FakeZitadel zitadel;

	private final Duration lifetime;

	private final Map<String, Instant> accepted = new ConcurrentHashMap<>();

	private final Set<String> rejected = ConcurrentHashMap.newKeySet();

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "stand-in-api");
		thread.setDaemon(true);
		return thread;
	});

	private StandInApi(FakeZitadel zitadel, Duration lifetime) throws IOException {
		this.zitadel = zitadel;
		this.lifetime = lifetime;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(this.threads);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	static StandInApi start(FakeZitadel zitadel, Duration lifetime) {
		try {
			return new StandInApi(zitadel, lifetime);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String authority() {
		return "localhost:" + this.server.getAddress().getPort();
	}

	String url() {
		return "http://" + authority() + "/orders";
	}

	/**
	 * Reject the tokens that were accepted until now.
	 */
	void rejectTokens() {
		this.rejected.addAll(this.accepted.keySet());
		this.accepted.clear();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			boolean valid = isValid(exchange.getRequestHeaders().getFirst("Authorization"));
			byte[] body = (valid ? "[]" : "{}").getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			if (!valid) {
				exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer error=\"invalid_token\"");
			}
			exchange.sendResponseHeaders(valid ? 200 : 401, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	private boolean isValid(@Nullable String authorization) {
		if (authorization == null || !authorization.startsWith(BEARER)) {
			return false;
		}
		String token = authorization.substring(BEARER.length());
		if (!this.accepted.containsKey(token) && !this.rejected.contains(token) && this.zitadel.isValid(token)) {
			this.accepted.put(token, Instant.now().plus(this.lifetime));
		}
		Instant until = this.accepted.get(token);
		return until != null && Instant.now().isBefore(until);
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
