// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP/1.1 server on the loopback interface, a thread for each connection. It exists
 * because the server of the JDK always sends a {@code Date} of its own, and a server
 * whose clock is wrong is one of the things to be tested with.
 */
final class LoopbackServer implements AutoCloseable {

	private static final Logger LOGGER = System.getLogger(LoopbackServer.class.getName());

	private static final int BACKLOG = 1024;

	private static final long CLOSE_SECONDS = 10;

	private final ServerSocket serverSocket;

	private final Handler handler;

	private final Clock clock;

	private final ExecutorService threads;

	private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	LoopbackServer(int port, Clock clock, Handler handler) {
		this.handler = handler;
		this.clock = clock;
		this.serverSocket = listen(port);
		AtomicInteger count = new AtomicInteger();
		this.threads = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "fake-zitadel-" + port() + "-" + count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		});
		this.threads.execute(this::acceptConnections);
	}

	private static ServerSocket listen(int port) {
		try {
			ServerSocket socket = new ServerSocket();
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"Unable to listen on port " + port + " of the loopback interface; choose another port, or 0", ex);
		}
	}

	int port() {
		return address().getPort();
	}

	InetSocketAddress address() {
		return (InetSocketAddress) this.serverSocket.getLocalSocketAddress();
	}

	private void acceptConnections() {
		try {
			while (!this.closed) {
				accept(this.serverSocket.accept());
			}
		}
		catch (IOException ex) {
			if (!this.closed) {
				throw new UncheckedIOException("The fake ZITADEL has stopped listening", ex);
			}
		}
	}

	private void accept(Socket connection) throws IOException {
		this.connections.add(connection);
		try {
			this.threads.execute(() -> serve(connection));
		}
		catch (RejectedExecutionException ex) {
			LOGGER.log(Level.DEBUG, "Connection came while closing", ex);
			connection.close();
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			connection.setTcpNoDelay(true);
			InputStream in = new BufferedInputStream(connection.getInputStream());
			OutputStream out = connection.getOutputStream();
			boolean open = true;
			while (open && !this.closed) {
				open = serveNext(in, out);
			}
		}
		catch (IOException ex) {
			// The client went away or speaks no HTTP/1.x: to close is all there is to do
			LOGGER.log(Level.DEBUG, "Connection closed", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.connections.remove(connection);
		}
	}

	private boolean serveNext(InputStream in, OutputStream out) throws IOException, InterruptedException {
		HttpCall call = HttpMessages.read(in, out);
		if (call == null) {
			return false;
		}
		FakeAnswer answer = this.handler.handle(call);
		if (answer.isDisconnect()) {
			return false;
		}
		boolean last = call.bodyTooLarge() || "close".equalsIgnoreCase(call.header("connection"));
		HttpMessages.write(out, answer, this.clock.instant(), !call.method().equals("HEAD"), last);
		return !last;
	}

	@Override
	public void close() {
		this.closed = true;
		try {
			this.serverSocket.close();
			this.threads.shutdownNow();
			for (Socket connection : this.connections) {
				connection.close();
			}
			if (!this.threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
				throw new IllegalStateException("The threads of the fake ZITADEL did not end");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Unable to close the fake ZITADEL", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Answers requests. Called by several threads at once.
	 */
	interface Handler {

		FakeAnswer handle(HttpCall call) throws InterruptedException;

	}

}
