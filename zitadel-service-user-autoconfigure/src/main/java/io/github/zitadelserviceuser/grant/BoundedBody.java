// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * The body of an answer, read up to a limit. A body that is left before its end takes its
 * connection along: Spring's responses read whatever there is left when they are closed,
 * and of a body without end that is no end.
 */
final class BoundedBody implements Closeable {

	/**
	 * Ample for a discovery document or a token; little enough to hold in memory.
	 */
	static final int LARGEST = 64 * 1024;

	private final InputStream input;

	private boolean ended;

	BoundedBody(InputStream input) {
		this.input = input;
	}

	/**
	 * Read the body.
	 * @param limit the number of bytes from which on it is too long
	 * @return the body, or {@code null} if it is too long
	 */
	byte @Nullable [] read(int limit) throws IOException {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		byte[] buffer = new byte[8 * 1024];
		for (int count = 0; count != -1; count = read(buffer)) {
			content.write(buffer, 0, count);
			if (content.size() >= limit) {
				return null;
			}
			// A body that comes drop by drop never meets a time-out between two reads.
			if (Thread.currentThread().isInterrupted()) {
				throw new InterruptedIOException("Interrupted while reading the answer");
			}
		}
		this.ended = true;
		return content.toByteArray();
	}

	private int read(byte[] buffer) throws IOException {
		try {
			return this.input.read(buffer);
		}
		catch (RuntimeException ex) {
			// So Reactor Netty tells of a connection that breaks or times out.
			throw (ex.getCause() instanceof IOException cause) ? cause : new IOException(ex);
		}
	}

	@Override
	public void close() {
		if (!this.ended) {
			cut(this.input);
		}
	}

	/**
	 * Close a body before its end, by any thread.
	 * @param body the body
	 */
	static void cut(InputStream body) {
		try {
			// To close a stream of Apache's client is to read it to its end, except like
			// this.
			Method abort = ReflectionUtils.findMethod(body.getClass(), "abort");
			if (abort != null) {
				ReflectionUtils.invokeMethod(abort, body);
			}
			else {
				body.close();
			}
		}
		catch (IOException | RuntimeException ex) {
			// Nobody waits for it any more.
		}
	}

}
