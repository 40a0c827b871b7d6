// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.trouble;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * How the answer to a token request goes wrong, once the request has come.
 */
enum Trouble {

	DRIPPING_HEAD("head: a byte a second", (socket) -> drip(socket, Trouble.HEAD + "X-Drip: ")),

	DRIPPING_BODY("body: a byte a second", (socket) -> drip(socket, Trouble.HEAD + "\r\n")),

	NO_HEAD("head: never comes", Trouble::awaitEnd),

	ENDLESS_BODY("body: never ends", (socket) -> {
		write(socket, Trouble.HEAD + "\r\n{");
		awaitEnd(socket);
	}),

	RESET("the connection is reset", (socket) -> {
		socket.setSoLinger(true, 0);
		socket.close();
	});

	private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n";

	private static final int BETWEEN_DROPS = 1_000;

	private final String title;

	@SuppressWarnings("ImmutableEnumChecker") // a function has no state
	private final Answer answer;

	Trouble(String title, Answer answer) {
		this.title = title;
		this.answer = answer;
	}

	String title() {
		return this.title;
	}

	/**
	 * Return whether it is the endpoint that ends the connection.
	 * @return whether the client need not
	 */
	boolean endsConnection() {
		return this == RESET;
	}

	/**
	 * Answer in this way, until the connection is at its end.
	 * @param socket the connection
	 * @throws IOException if the client has broken it
	 */
	void befall(Socket socket) throws IOException {
		this.answer.give(socket);
	}

	private static void drip(Socket socket, String first) throws IOException {
		socket.setSoTimeout(BETWEEN_DROPS);
		write(socket, first);
		while (!isAtEnd(socket)) {
			write(socket, "x");
		}
	}

	private static boolean isAtEnd(Socket socket) throws IOException {
		try {
			return socket.getInputStream().read() == -1;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
	}

	private static void awaitEnd(Socket socket) throws IOException {
		socket.getInputStream().transferTo(OutputStream.nullOutputStream());
	}

	private static void write(Socket socket, String text) throws IOException {
		socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * An answer of a kind.
	 */
	@FunctionalInterface
	private interface Answer {

		void give(Socket socket) throws IOException;

	}

}
