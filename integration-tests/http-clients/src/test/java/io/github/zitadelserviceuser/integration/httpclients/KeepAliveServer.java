// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A server that never closes a connection, and answers 401 unless the token is the
 * {@code second}.
 */
final class KeepAliveServer implements AutoCloseable {

	private static final String BODY = "x".repeat(20_000);

	private final SocketServer server = new SocketServer(KeepAliveServer::serve);

	URI uri() {
		return this.server.uri();
	}

	/**
	 * How many connections are open.
	 */
	int open() {
		return this.server.open();
	}

	private static void serve(Socket connection) throws IOException {
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

	private static byte[] answer(boolean authorized) {
		return ("HTTP/1.1 " + (authorized ? "200 OK" : "401 Unauthorized") + "\r\nContent-Length: " + BODY.length()
				+ "\r\n\r\n" + BODY)
			.getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public void close() {
		this.server.close();
	}

}
