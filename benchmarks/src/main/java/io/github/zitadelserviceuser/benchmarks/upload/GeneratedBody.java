// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.upload;

import java.io.InputStream;
import java.util.function.LongConsumer;

import reactor.core.publisher.Flux;

import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * A body of a known length that is made while it is sent. Whoever watches is told how
 * many bytes were handed out each time that more are asked for.
 *
 * @param size the number of bytes
 */
record GeneratedBody(long size) {

	private static final int PIECE = 16 * 1024;

	/**
	 * Return the body as a resource that can be read once, as what comes in by another
	 * request.
	 */
	Resource readOnce(LongConsumer watch) {
		return new InputStreamResource(new GeneratedStream(watch)) {

			@Override
			public long contentLength() {
				return GeneratedBody.this.size;
			}

		};
	}

	/**
	 * Return the body as a resource that can be read again, as a file.
	 */
	Resource readAgain(LongConsumer watch) {
		return new AbstractResource() {

			@Override
			public long contentLength() {
				return GeneratedBody.this.size;
			}

			@Override
			public String getDescription() {
				return "generated";
			}

			@Override
			public InputStream getInputStream() {
				return new GeneratedStream(watch);
			}

		};
	}

	/**
	 * Return the body as buffers, each with memory of its own: those that a client has
	 * under way are part of what it needs.
	 */
	Flux<DataBuffer> buffers(LongConsumer watch) {
		return Flux.generate(() -> 0L, (position, sink) -> {
			watch.accept(position);
			int length = (int) Math.min(PIECE, this.size - position);
			if (length == 0) {
				sink.complete();
			}
			else {
				sink.next(DefaultDataBufferFactory.sharedInstance.wrap(new byte[length]));
			}
			return position + length;
		});
	}

	/**
	 * Leaves the bytes as they are, since nobody looks at them.
	 */
	private final class GeneratedStream extends InputStream {

		private final LongConsumer watch;

		private long position;

		private GeneratedStream(LongConsumer watch) {
			this.watch = watch;
		}

		@Override
		public int read() {
			return (read(new byte[1], 0, 1) > 0) ? 0 : -1;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) {
			this.watch.accept(this.position);
			int count = (int) Math.min(length, GeneratedBody.this.size - this.position);
			this.position += count;
			return (count > 0 || length == 0) ? count : -1;
		}

	}

}
