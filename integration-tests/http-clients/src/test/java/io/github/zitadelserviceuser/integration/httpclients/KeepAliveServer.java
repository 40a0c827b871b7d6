// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server that never closes a connection, and answers 401 unless the token is the
 * {@code second}.
 */
final class KeepAliveServer implements AutoCloseable {

	private static final String BODY = "x".repeat(20_000);

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final ServerSocket socket;

	KeepAliveServer() {
		try {
			this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.execute(this::accept);
	}

	URI uri() {
		return URI.create("http://localhost:" + this.socket.getLocalPort() + "/");
	}

	/**
	 * How many connections are open.
	 */
	int open() {
		return this.open.size();
	}

	private void accept() {
		try {
			while (true) {
				Socket connection = this.socket.accept();
				this.open.add(connection);
				this.threads.execute(() -> serve(connection));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			BufferedReader request = new BufferedReader(
					new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
			boolean authorized = false;
			for (String line = request.readLine(); line != null; line = request.readLine()) {
				authorized |= line.equalsIgnoreCase("Authorization: Bearer second");
				if (line.isEmpty()) {
					connection.getOutputStream().write(answer(authorized));
					authorized = false;
				}
			}
		}
		catch (IOException ex) {
			// The client has closed the connection.
		}
		finally {
			this.open.remove(connection);
		}
	}

	private static byte[] answer(boolean authorized) {
		return ("HTTP/1.1 " + (authorized ? "200 OK" : "401 Unauthorized") + "\r\nContent-Length: " + BODY.length()
				+ "\r\n\r\n" + BODY)
			.getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public void close() {
		try {
			this.socket.close();
			for (Socket connection : this.open) {
				connection.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.shutdownNow();
	}

}
