// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A server that answers each connection with bytes of the test's choice, HTTP or not. It
 * reads one request, answers, and closes the connection.
 */
final class RawServer implements AutoCloseable {

	private final ServerSocket serverSocket;

	private final Answer answer;

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	RawServer(Answer answer) {
		this.answer = answer;
		try {
			this.serverSocket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start(this::accept);
	}

	static RawServer answering(String json) {
		return new RawServer((request, socket, output) -> output.write(response("200 OK", json)));
	}

	/**
	 * A server that answers discovery and token requests as it should, except for the
	 * first token request.
	 */
	static RawServer zitadel(Answer first) {
		AtomicBoolean asked = new AtomicBoolean();
		return new RawServer((request, socket, output) -> {
			String issuer = "http://localhost:" + socket.getLocalPort();
			if (request.startsWith("GET ")) {
				output.write(response("200 OK",
						"{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"" + issuer + "/oauth/v2/token\"}"));
			}
			else if (asked.compareAndSet(false, true)) {
				first.write(request, socket, output);
			}
			else {
				output.write(response("200 OK", "{\"access_token\":\"abc\",\"token_type\":\"Bearer\"}"));
			}
		});
	}

	static byte[] response(String status, String body, String... headers) {
		StringBuilder response = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
		for (String header : headers) {
			response.append(header).append("\r\n");
		}
		return response.append("Content-Type: application/json\r\nConnection: close\r\nContent-Length: ")
			.append(body.getBytes(StandardCharsets.UTF_8).length)
			.append("\r\n\r\n")
			.append(body)
			.toString()
			.getBytes(StandardCharsets.UTF_8);
	}

	String url() {
		return "http://localhost:" + this.serverSocket.getLocalPort();
	}

	List<String> requests() {
		return this.requests;
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.serverSocket.accept();
				this.sockets.add(socket);
				start(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// Closed.
			this.sockets.clear();
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			BufferedReader reader = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
			StringBuilder request = new StringBuilder();
			int length = 0;
			for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
				request.append(line).append('\n');
				if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
					length = Integer.parseInt(line.substring(15).strip());
				}
			}
			for (int i = 0; i < length; i++) {
				request.append((char) reader.read());
			}
			this.requests.add(request.toString());
			this.answer.write(request.toString(), socket, socket.getOutputStream());
		}
		catch (IOException ex) {
			// The client went away, which is what many tests want it to do.
			this.sockets.remove(socket);
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "raw-server");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.serverSocket.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Writes an answer.
	 */
	@FunctionalInterface
	interface Answer {

		void write(String request, Socket socket, OutputStream output) throws IOException;

	}

}
