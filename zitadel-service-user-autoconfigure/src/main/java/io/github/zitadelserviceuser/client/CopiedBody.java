// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.StreamingHttpOutputMessage.Body;

/**
 * A body that says it can be written again, which converters say of whatever they are
 * given: an iterator that becomes JSON has nothing left the second time. So what is small
 * is copied while it is written, and sent again byte by byte. What is larger than
 * {@value #LARGEST} bytes is written again, and has to be as long as it was.
 */
final class CopiedBody implements Body {

	static final int LARGEST = 256 * 1024;

	private final Body body;

	private volatile byte @Nullable [] copy;

	private volatile long length = -1;

	CopiedBody(Body body) {
		this.body = body;
	}

	/**
	 * Return whether all of it was written before, so that what is written again can be
	 * compared with that.
	 * @return whether it was
	 */
	boolean isKnown() {
		return this.length != -1;
	}

	@Override
	public void writeTo(OutputStream outputStream) throws IOException {
		byte[] bytes = this.copy;
		if (bytes != null) {
			outputStream.write(bytes);
			return;
		}
		Copying copying = new Copying(outputStream);
		this.body.writeTo(copying);
		if (!isKnown()) {
			this.copy = copying.copied();
			this.length = copying.count;
		}
		else if (copying.count != this.length) {
			throw new IOException("The body of the request was to be sent once more, after an answer of 401 or a "
					+ "redirect, and had " + copying.count + " bytes instead of " + this.length + ". It can be "
					+ "written only once, although it says otherwise, as one does that is made from an iterator");
		}
	}

	@Override
	public boolean repeatable() {
		return true;
	}

	/**
	 * Counts what goes through it, and keeps it while it is small.
	 */
	private static final class Copying extends FilterOutputStream {

		private @Nullable ByteArrayOutputStream kept = new ByteArrayOutputStream();

		private long count;

		private Copying(OutputStream output) {
			super(output);
		}

		@Override
		public void write(int b) throws IOException {
			write(new byte[] { (byte) b }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			this.out.write(bytes, offset, length);
			this.count += length;
			if (this.kept != null && this.count <= LARGEST) {
				this.kept.write(bytes, offset, length);
			}
			else {
				this.kept = null;
			}
		}

		byte @Nullable [] copied() {
			return (this.kept != null) ? this.kept.toByteArray() : null;
		}

	}

}
