// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ServerSocketFactory;

/**
 * Just enough of ZITADEL on a wire that can be broken. As long as it is well it keeps its
 * connections, also where it is asked not to.
 */
final class FaultyZitadel implements AutoCloseable {

	static final Fault WELL = (request, connection) -> false;

	private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\\r\\ncontent-length: *(\\d+)");

	private final String scheme;

	private final ServerSocketFactory sockets;

	private final Consumer<Socket> settings;

	private final Map<Connection, Boolean> connections = new ConcurrentHashMap<>();

	private final AtomicInteger opened = new AtomicInteger();

	private volatile ServerSocket serverSocket;

	private volatile Fault fault;

	FaultyZitadel(Fault fault) {
		this("http", ServerSocketFactory.getDefault(), (socket) -> {
		}, fault);
	}

	FaultyZitadel(String scheme, ServerSocketFactory sockets, Consumer<Socket> settings, Fault fault) {
		this.scheme = scheme;
		this.sockets = sockets;
		this.settings = settings;
		this.fault = fault;
		this.serverSocket = listen(0);
	}

	int port() {
		return this.serverSocket.getLocalPort();
	}

	String url() {
		return this.scheme + "://localhost:" + port();
	}

	void become(Fault fault) {
		this.fault = fault;
	}

	void refuse() {
		close();
	}

	void accept() {
		if (this.serverSocket.isClosed()) {
			this.serverSocket = listen(port());
		}
	}

	int opened() {
		return this.opened.get();
	}

	/**
	 * The connections on which a fault is going on, as far as the client has not cut
	 * them.
	 */
	long faulty() {
		return this.connections.values().stream().filter((faulty) -> faulty).count();
	}

	private ServerSocket listen(int port) {
		try {
			ServerSocket listening = this.sockets.createServerSocket(port, 50, InetAddress.getLoopbackAddress());
			start(() -> {
				while (true) {
					Socket socket = listening.accept();
					this.settings.accept(socket);
					start(() -> serve(socket));
				}
			});
			return listening;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void serve(Socket socket) throws IOException {
		try (Connection connection = new Connection(socket, this.opened.incrementAndGet())) {
			this.connections.put(connection, false);
			String request = "";
			while (!answer(request, connection)) {
				request = connection.read();
			}
		}
	}

	/**
	 * Answer one request, or none as yet when the connection was opened.
	 * @return whether that was the last one
	 */
	private boolean answer(String request, Connection connection) throws IOException {
		this.connections.put(connection, true);
		try {
			if (this.fault.isAnswer(request, connection)) {
				return true;
			}
		}
		finally {
			this.connections.put(connection, false);
		}
		if (request.startsWith("GET ")) {
			connection.json("{\"issuer\":\"" + url() + "\",\"token_endpoint\":\"" + url()
					+ "/oauth/v2/token\",\"userinfo_endpoint\":\"" + url() + "/oidc/v1/userinfo\"}");
		}
		else if (!request.isEmpty()) {
			connection.json("{\"access_token\":\"abc\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
		}
		return false;
	}

	private static void start(Step step) {
		Thread thread = new Thread(() -> {
			try {
				step.take();
			}
			catch (IOException ex) {
				// The client went away, which is what most tests want it to do.
				Thread.currentThread().setName("faulty-zitadel-ended");
			}
		}, "faulty-zitadel");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Close the connections that there are.
	 */
	void cut() {
		this.connections.keySet().forEach(FaultyZitadel::close);
	}

	@Override
	public void close() {
		close(this.serverSocket);
		cut();
	}

	private static void close(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What is wrong with the wire.
	 */
	@FunctionalInterface
	interface Fault {

		/**
		 * Do harm.
		 * @param request the request, or an empty text when the connection was opened
		 * @param connection the connection
		 * @return whether that was all of the answer and of the connection
		 */
		boolean isAnswer(String request, Connection connection) throws IOException;

		/**
		 * Do harm to token requests.
		 */
		static Fault of(Answer answer) {
			return (request, connection) -> {
				if (!request.startsWith("POST ")) {
					return false;
				}
				answer.write(connection);
				return true;
			};
		}

	}

	@FunctionalInterface
	interface Answer {

		void write(Connection connection) throws IOException;

	}

	@FunctionalInterface
	private interface Step {

		void take() throws IOException;

	}

	/**
	 * One connection.
	 */
	record Connection(Socket socket, int number) implements AutoCloseable {

		void write(String text) throws IOException {
			OutputStream output = this.socket.getOutputStream();
			output.write(text.getBytes(StandardCharsets.ISO_8859_1));
			output.flush();
		}

		void json(String json) throws IOException {
			write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n"
					+ json);
		}

		/**
		 * Write this again and again, a few times in each time-out.
		 */
		void drip(String drop) throws IOException {
			this.socket.setSoTimeout(50);
			while (true) {
				write(drop);
				try {
					if (this.socket.getInputStream().read() == -1) {
						return;
					}
				}
				catch (SocketTimeoutException ex) {
					// Still there.
					continue;
				}
			}
		}

		void awaitEnd() throws IOException {
			while (this.socket.getInputStream().read() != -1) {
				// What comes does not matter.
				continue;
			}
		}

		void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

		String read() throws IOException {
			InputStream input = this.socket.getInputStream();
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

		@Override
		public void close() throws IOException {
			this.socket.close();
		}

	}

}
