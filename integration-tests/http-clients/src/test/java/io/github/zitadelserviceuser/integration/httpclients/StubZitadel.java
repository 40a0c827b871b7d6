// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/**
 * Just enough of ZITADEL to be reached over TLS.
 */
final class StubZitadel implements AutoCloseable {

	static final String PASSWORD = Certificate.PASSWORD;

	private final List<String> paths = new CopyOnWriteArrayList<>();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final HttpServer server;

	private final String issuer;

	private StubZitadel(HttpServer server, String issuer) {
		this.server = server;
		this.issuer = issuer;
		server.createContext("/", this::handle);
		server.setExecutor(this.executor);
		server.start();
	}

	static StubZitadel overTls(Path keyStoreFile) throws Exception {
		HttpsServer server = HttpsServer.create(address(), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(tls(keyStoreFile)));
		return new StubZitadel(server, "https://localhost:" + server.getAddress().getPort());
	}

	/**
	 * With a certificate that nobody has signed.
	 */
	static SSLContext tls(Path keyStoreFile) throws Exception {
		return Certificate.create(keyStoreFile, "localhost").serverTrusting();
	}

	String issuer() {
		return this.issuer;
	}

	/**
	 * The paths that were asked for.
	 */
	List<String> paths() {
		return this.paths;
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.getRequestBody().readAllBytes();
			String path = exchange.getRequestURI().getPath();
			this.paths.add(path);
			String answer = switch (path) {
				case "/.well-known/openid-configuration" ->
					"{\"issuer\":\"" + this.issuer + "\",\"token_endpoint\":\"" + this.issuer + "/oauth/v2/token\"}";
				case "/oauth/v2/token" -> "{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":3600}";
				default -> String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")).length() + "";
			};
			byte[] body = answer.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.getResponseHeaders().set("Connection", "close");
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
		}
	}

	private static InetSocketAddress address() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.executor.shutdownNow();
	}

}
