// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.upload;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The least server that can tell whether an upload came in whole and with the token. It
 * copies no byte, so that the time is the client's.
 */
final class Sink implements AutoCloseable {

	private final AtomicInteger uploads = new AtomicInteger();

	private final List<String> complaints = new CopyOnWriteArrayList<>();

	private final ServerSocketChannel server;

	private final long size;

	private final String authorization;

	private Sink(ServerSocketChannel server, long size, String authorization) {
		this.server = server;
		this.size = size;
		this.authorization = authorization;
	}

	/**
	 * Start a server, on the loopback interface.
	 * @param size how many bytes an upload has to have
	 * @param authorization the header that it has to have
	 * @return the server
	 * @throws IOException if there is no port
	 */
	static Sink start(long size, String authorization) throws IOException {
		ServerSocketChannel server = ServerSocketChannel.open()
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		Sink sink = new Sink(server, size, authorization);
		daemon(sink::accept);
		return sink;
	}

	URI uri() throws IOException {
		return URI.create("http://127.0.0.1:" + ((InetSocketAddress) this.server.getLocalAddress()).getPort() + "/");
	}

	/**
	 * Return how many uploads came in as they should.
	 * @return the number
	 */
	int uploads() {
		return this.uploads.get();
	}

	/**
	 * Return what was wrong with the others.
	 * @return what was wrong with each
	 */
	List<String> complaints() {
		return this.complaints;
	}

	private void accept() {
		try {
			while (true) {
				SocketChannel channel = this.server.accept();
				daemon(() -> serve(channel));
			}
		}
		catch (IOException ex) {
			// It was closed.
		}
	}

	private void serve(SocketChannel channel) {
		try (SinkConnection connection = new SinkConnection(channel)) {
			while (connection.readRequest()) {
				connection.answer(takes(connection) ? "200 OK" : "400 Bad Request");
			}
		}
		catch (IOException ex) {
			// The client is gone, and tells why.
		}
	}

	private boolean takes(SinkConnection connection) {
		if (connection.bytes() != this.size) {
			this.complaints.add(connection.bytes() + " bytes came instead of " + this.size);
		}
		else if (!this.authorization.equals(connection.authorization())) {
			this.complaints.add("the token did not come");
		}
		else {
			this.uploads.incrementAndGet();
			return true;
		}
		return false;
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "sink");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
