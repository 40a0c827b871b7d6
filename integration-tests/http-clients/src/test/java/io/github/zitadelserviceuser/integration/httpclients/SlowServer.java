// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicInteger requests = new AtomicInteger();

	private final ServerSocket socket;

	private volatile String head = "401 Unauthorized";

	SlowServer() {
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

	private void accept() {
		try {
			while (true) {
				Socket connection = this.socket.accept();
				this.threads.execute(() -> serve(connection));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void serve(Socket connection) {
		try (connection) {
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
		catch (IOException ex) {
			// The client has closed the connection.
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
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
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.shutdownNow();
		this.occupied.forEach(SlowServer::close);
	}

	private static void close(Socket connection) {
		try {
			connection.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
