// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that sends the head of each answer at once, and a large body when it is told
 * to. A connection is occupied until all of the answer has been taken from it, or its
 * client has closed it.
 */
final class SlowServer implements AutoCloseable {

	private static final int BODY = 16 * 1024 * 1024;

	private final Semaphore bodies = new Semaphore(0);

	private final Set<Socket> occupied = ConcurrentHashMap.newKeySet();

	private final AtomicInteger requests = new AtomicInteger();

	private volatile String head = "401 Unauthorized";

	private final SocketServer server = new SocketServer(this::serve);

	URI uri() {
		return this.server.uri();
	}

	void redirect() {
		this.head = "302 Found\r\nLocation: /";
	}

	void sendBody() {
		this.bodies.release();
	}

	/**
	 * How many connections have an answer on them that their client has not taken.
	 */
	int occupied() {
		return this.occupied.size();
	}

	/**
	 * How many requests have arrived.
	 */
	int requests() {
		return this.requests.get();
	}

	private void serve(Socket connection) throws IOException, InterruptedException {
		try {
			while (readHead(connection.getInputStream())) {
				this.requests.incrementAndGet();
				this.occupied.add(connection);
				OutputStream output = connection.getOutputStream();
				output.write(("HTTP/1.1 " + this.head + "\r\nContent-Length: " + BODY + "\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
				output.flush();
				this.bodies.acquire();
				output.write(new byte[BODY]);
				output.flush();
				this.occupied.remove(connection);
			}
		}
		finally {
			this.occupied.remove(connection);
		}
	}

	private static boolean readHead(InputStream input) throws IOException {
		int end = 0;
		for (int next = input.read(); next >= 0; next = input.read()) {
			end = (next == '\r' || next == '\n') ? end + 1 : 0;
			if (end == 4) {
				return true;
			}
		}
		return false;
	}

	@Override
	public void close() {
		this.server.close();
	}

}
