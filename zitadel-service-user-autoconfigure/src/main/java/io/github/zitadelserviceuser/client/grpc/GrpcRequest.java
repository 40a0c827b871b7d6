// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client.grpc;

import java.io.InputStream;

import io.grpc.ClientCall;
import org.jspecify.annotations.Nullable;

/**
 * What a caller has asked of a call so far: passed on to the call at once, and remembered
 * as long as another call may have to be asked for the same. gRPC's calls are used by one
 * thread at a time, apart from being cancelled and asked for answers; so is this.
 *
 * @param <ReqT> the type of the request
 */
final class GrpcRequest<ReqT> {

	private boolean repeatable;

	private ClientCall<ReqT, ?> call;

	private @Nullable ReqT message;

	private @Nullable Boolean compression;

	private boolean complete;

	private long answers;

	private @Nullable Cancellation cancellation;

	GrpcRequest(ClientCall<ReqT, ?> call, boolean oneMessage) {
		this.call = call;
		this.repeatable = oneMessage;
	}

	synchronized ClientCall<ReqT, ?> call() {
		return this.call;
	}

	void compress(boolean enabled) {
		ClientCall<ReqT, ?> current;
		synchronized (this) {
			this.compression = enabled;
			current = this.call;
		}
		current.setMessageCompression(enabled);
	}

	void send(ReqT message) {
		ClientCall<ReqT, ?> current;
		synchronized (this) {
			// A stream can be read once, and is about to be.
			this.repeatable &= !(message instanceof InputStream);
			this.message = this.repeatable ? message : null;
			current = this.call;
		}
		current.sendMessage(message);
	}

	void halfClose() {
		ClientCall<ReqT, ?> current;
		synchronized (this) {
			this.complete = true;
			current = this.call;
		}
		current.halfClose();
	}

	void ask(int answers) {
		ClientCall<ReqT, ?> current;
		synchronized (this) {
			this.answers += answers;
			current = this.call;
		}
		current.request(answers);
	}

	void cancel(@Nullable String message, @Nullable Throwable cause) {
		ClientCall<ReqT, ?> current;
		synchronized (this) {
			this.cancellation = new Cancellation(message, cause);
			current = this.call;
		}
		current.cancel(message, cause);
	}

	// Even if there is nothing to be repeated yet: a server need not hear a caller out.
	synchronized boolean mayBeRepeated() {
		return this.repeatable && this.cancellation == null;
	}

	synchronized boolean isRepeatable() {
		return mayBeRepeated() && this.message != null && this.complete;
	}

	synchronized void forget() {
		this.repeatable = false;
		this.message = null;
	}

	// Another call takes over, which is started already: a call that is cancelled
	// before it starts fails in another way.
	void repeat(ClientCall<ReqT, ?> other) {
		ReqT sent;
		Boolean compressed;
		int asked;
		Cancellation cancelled;
		synchronized (this) {
			this.call = other;
			sent = this.message;
			this.message = null;
			compressed = this.compression;
			asked = (int) Math.min(this.answers, Integer.MAX_VALUE);
			cancelled = this.cancellation;
		}
		if (cancelled != null || sent == null) {
			other.cancel((cancelled != null) ? cancelled.message() : "Nothing to send",
					(cancelled != null) ? cancelled.cause() : null);
			return;
		}
		if (compressed != null) {
			other.setMessageCompression(compressed);
		}
		if (asked > 0) {
			other.request(asked);
		}
		other.sendMessage(sent);
		other.halfClose();
	}

	private record Cancellation(@Nullable String message, @Nullable Throwable cause) {

	}

}
