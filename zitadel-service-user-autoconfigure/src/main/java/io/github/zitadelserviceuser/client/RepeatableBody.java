// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ReactiveHttpOutputMessage;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;

/**
 * The body of a request, copied while it is written, so that it can be sent once more
 * byte by byte. Asking its publisher again would not do: that may have nothing left, or
 * something else, to say.
 * <p>
 * A body that is larger than {@value #LARGEST} bytes, is flushed piece by piece or comes
 * straight from a file is sent as it would be without this class, and cannot be repeated.
 */
final class RepeatableBody implements BodyInserter<Object, ClientHttpRequest> {

	private static final int LARGEST = 256 * 1024;

	private final BodyInserter<?, ? super ClientHttpRequest> body;

	private volatile @Nullable BodyInserter<?, ? super ClientHttpRequest> copy;

	private RepeatableBody(BodyInserter<?, ? super ClientHttpRequest> body) {
		this.body = body;
	}

	/**
	 * Return a body that remembers itself. One that is empty has no need to, and one that
	 * does already serves all who ask.
	 * @param body the body of a request
	 * @return what to send in its place
	 */
	static BodyInserter<?, ? super ClientHttpRequest> of(BodyInserter<?, ? super ClientHttpRequest> body) {
		return (isEmpty(body) || body instanceof RepeatableBody) ? body : new RepeatableBody(body);
	}

	/**
	 * Return what to send in place of a body that was sent before.
	 * @param body what {@link #of} returned and was sent
	 * @return the body, or {@code null} if it cannot be sent again
	 */
	static @Nullable BodyInserter<?, ? super ClientHttpRequest> again(BodyInserter<?, ? super ClientHttpRequest> body) {
		return (body instanceof RepeatableBody repeatable) ? repeatable.copy : isEmpty(body) ? body : null;
	}

	@SuppressWarnings("ReferenceEquality") // there is one empty inserter
	private static boolean isEmpty(BodyInserter<?, ? super ClientHttpRequest> body) {
		Object empty = BodyInserters.empty();
		return body == empty;
	}

	@Override
	public Mono<Void> insert(ClientHttpRequest request, Context context) {
		return this.body.insert(copying(request), context);
	}

	/**
	 * Return a request that copies what is written to it, for whoever writes the body.
	 * @param request a request that has all headers but those of the body
	 * @return the request to write to in its place
	 */
	ClientHttpRequest copying(ClientHttpRequest request) {
		return (request instanceof ZeroCopyHttpOutputMessage file) ? new CopyingZeroCopyRequest(request, file)
				: new CopyingRequest(request);
	}

	/**
	 * A request that copies what is written to it.
	 */
	private class CopyingRequest extends ClientHttpRequestDecorator {

		// By name as it is written: HttpHeaders would take as long as all else here.
		private final Map<String, List<String>> without = new HashMap<>();

		CopyingRequest(ClientHttpRequest request) {
			super(request);
			request.getHeaders().forEach((name, values) -> this.without.put(name, new ArrayList<>(values)));
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			Map<String, List<String>> headers = ofTheBody();
			// A Mono stays one: some clients derive the length of the body from that.
			if (body instanceof Mono<? extends DataBuffer> single) {
				return super.writeWith(single.doOnSuccess((buffer) -> {
					Recorder recorder = new Recorder(headers);
					if (buffer != null) {
						recorder.copy(buffer);
					}
					RepeatableBody.this.copy = recorder.recorded();
				}));
			}
			// Deferred, since some subscribe once more, on another connection.
			return super.writeWith(Flux.defer(() -> {
				Recorder recorder = new Recorder(headers);
				return Flux.<DataBuffer>from(body)
					.doOnNext(recorder::copy)
					.doOnComplete(() -> RepeatableBody.this.copy = recorder.recorded());
			}));
		}

		@Override
		public Mono<Void> setComplete() {
			RepeatableBody.this.copy = new Recorder(ofTheBody()).recorded();
			return super.setComplete();
		}

		// What the body has set or changed by the time it is written, such as the
		// boundary of its parts. The others are those of the first request, and some
		// clients set the host later: on another way they would be wrong.
		private Map<String, List<String>> ofTheBody() {
			Map<String, List<String>> headers = new HashMap<>();
			getHeaders().forEach((name, values) -> {
				if (!values.equals(this.without.get(name))) {
					headers.put(name, new ArrayList<>(values));
				}
			});
			return headers;
		}

	}

	/**
	 * What is written, each time that somebody subscribes to it.
	 */
	private static final class Recorder {

		private final Map<String, List<String>> headers;

		private final List<byte[]> pieces = new ArrayList<>(1);

		private int length;

		private Recorder(Map<String, List<String>> headers) {
			this.headers = headers;
		}

		void copy(DataBuffer buffer) {
			int more = buffer.readableByteCount();
			if (this.length > LARGEST || more > LARGEST - this.length) {
				this.length = LARGEST + 1;
				this.pieces.clear();
				return;
			}
			byte[] piece = new byte[more];
			buffer.toByteBuffer(ByteBuffer.wrap(piece));
			this.pieces.add(piece);
			this.length += more;
		}

		@Nullable BodyInserter<?, ClientHttpRequest> recorded() {
			return (this.length > LARGEST) ? null : (request, context) -> write(request);
		}

		private Mono<Void> write(ReactiveHttpOutputMessage request) {
			this.headers.forEach((name, values) -> request.getHeaders().put(name, new ArrayList<>(values)));
			if (this.length == 0) {
				return request.setComplete();
			}
			ByteBuffer body = ByteBuffer.allocate(this.length);
			this.pieces.forEach(body::put);
			return request.writeWith(Mono.just(request.bufferFactory().wrap(body.array())));
		}

	}

	/**
	 * The same for a client that sends files without reading them.
	 */
	private final class CopyingZeroCopyRequest extends CopyingRequest implements ZeroCopyHttpOutputMessage {

		private final ZeroCopyHttpOutputMessage file;

		private CopyingZeroCopyRequest(ClientHttpRequest request, ZeroCopyHttpOutputMessage file) {
			super(request);
			this.file = file;
		}

		@Override
		public Mono<Void> writeWith(Path path, long position, long count) {
			return this.file.writeWith(path, position, count);
		}

	}

}
