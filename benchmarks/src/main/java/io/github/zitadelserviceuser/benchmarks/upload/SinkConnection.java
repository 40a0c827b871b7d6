// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.upload;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A connection of a client, with one request after the other (RFC 9112).
 */
final class SinkConnection implements AutoCloseable {

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024).flip();

	private final SocketChannel channel;

	private long bytes;

	private @Nullable String authorization;

	SinkConnection(SocketChannel channel) {
		this.channel = channel;
	}

	/**
	 * Read a request to its end.
	 * @return {@code false} if there is none any more
	 */
	boolean readRequest() throws IOException {
		if (!this.buffer.hasRemaining() && !fill()) {
			return false;
		}
		readLine();
		long length = 0;
		boolean chunked = false;
		this.authorization = null;
		for (String line = readLine(); !line.isEmpty(); line = readLine()) {
			String value = line.substring(line.indexOf(':') + 1).strip();
			switch (line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT)) {
				case "content-length" -> {
					length = Long.parseLong(value);
				}
				case "transfer-encoding" -> {
					chunked = value.equals("chunked");
				}
				case "authorization" -> {
					this.authorization = value;
				}
				default -> {
				}
			}
		}
		this.bytes = chunked ? skipChunks() : skip(length);
		return true;
	}

	long bytes() {
		return this.bytes;
	}

	@Nullable String authorization() {
		return this.authorization;
	}

	void answer(String status) throws IOException {
		ByteBuffer answer = StandardCharsets.US_ASCII.encode("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
		while (answer.hasRemaining()) {
			this.channel.write(answer);
		}
	}

	private long skipChunks() throws IOException {
		long sum = 0;
		for (long length = chunk(); length > 0; length = chunk()) {
			sum += skip(length);
			readLine();
		}
		readLine();
		return sum;
	}

	private long chunk() throws IOException {
		return Long.parseLong(readLine().replaceFirst(";.*", "").strip(), 16);
	}

	private long skip(long length) throws IOException {
		for (long left = length; left > 0;) {
			require();
			int count = (int) Math.min(left, this.buffer.remaining());
			this.buffer.position(this.buffer.position() + count);
			left -= count;
		}
		return length;
	}

	private String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		while (true) {
			require();
			char next = (char) this.buffer.get();
			if (next == '\n') {
				return line.toString().stripTrailing();
			}
			line.append(next);
		}
	}

	private void require() throws IOException {
		if (!this.buffer.hasRemaining() && !fill()) {
			throw new EOFException();
		}
	}

	private boolean fill() throws IOException {
		int count = this.channel.read(this.buffer.clear());
		this.buffer.flip();
		return count > 0;
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
