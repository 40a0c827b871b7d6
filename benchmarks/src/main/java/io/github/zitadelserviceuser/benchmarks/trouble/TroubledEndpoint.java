// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.trouble;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Just enough of ZITADEL on the loopback interface, whose answers to token requests can
 * go wrong. It knows when the client has let go of the last one that did.
 */
final class TroubledEndpoint implements AutoCloseable {

	/**
	 * What the names of its threads begin with.
	 */
	static final String THREADS = "endpoint-";

	private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\\r\\ncontent-length: *(\\d+)");

	private final ServerSocket server;

	private volatile @Nullable Trouble trouble;

	private final Set<Socket> troubled = new HashSet<>();

	private long letGoAt;

	TroubledEndpoint() throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		start(() -> {
			while (true) {
				Socket socket = this.server.accept();
				start(() -> serve(socket));
			}
		});
	}

	String issuer() {
		return "http://127.0.0.1:" + this.server.getLocalPort();
	}

	void become(Trouble trouble) {
		this.trouble = trouble;
	}

	void heal() {
		this.trouble = null;
	}

	/**
	 * Return when the client let go of the last answer that went wrong.
	 * @return the time by {@link System#nanoTime()}, or {@code null} if it holds one
	 */
	synchronized @Nullable Long letGoAt() {
		return this.troubled.isEmpty() ? this.letGoAt : null;
	}

	/**
	 * Cut the connections that the client holds, so that they are not taken for those of
	 * what comes next.
	 * @throws IOException if one cannot be cut
	 */
	synchronized void cut() throws IOException {
		for (Socket socket : this.troubled) {
			socket.close();
		}
	}

	private void serve(Socket socket) throws IOException {
		try (socket) {
			String request = read(socket.getInputStream());
			Trouble trouble = this.trouble;
			if (trouble == null || !request.startsWith("POST ")) {
				answer(socket, request);
				return;
			}
			begin(socket);
			try {
				trouble.befall(socket);
			}
			finally {
				end(socket);
			}
		}
	}

	private synchronized void begin(Socket socket) {
		this.troubled.add(socket);
	}

	private synchronized void end(Socket socket) {
		this.troubled.remove(socket);
		this.letGoAt = System.nanoTime();
	}

	private void answer(Socket socket, String request) throws IOException {
		String json = request.startsWith("GET ")
				? "{\"issuer\":\"" + issuer() + "\",\"token_endpoint\":\"" + issuer() + "/oauth/v2/token\"}"
				: "{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":43199}";
		String answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
				+ json.length() + "\r\n\r\n" + json;
		socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
	}

	private static String read(InputStream input) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
			int next = input.read();
			if (next == -1) {
				throw new IOException("The client has closed the connection");
			}
			head.write(next);
		}
		String request = head.toString(StandardCharsets.ISO_8859_1);
		Matcher length = CONTENT_LENGTH.matcher(request);
		if (length.find()) {
			input.readNBytes(Integer.parseInt(length.group(1)));
		}
		return request;
	}

	private static void start(Step step) {
		Thread thread = new Thread(() -> {
			try {
				step.take();
			}
			catch (IOException ex) {
				// Whoever is at the other end has gone, which is what is waited for.
				Thread.currentThread().setName(THREADS + "ended");
			}
		}, THREADS + "connection");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@FunctionalInterface
	private interface Step {

		void take() throws IOException;

	}

}
