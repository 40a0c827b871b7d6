// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client.grpc;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.client.AudienceHints;
import io.github.zitadelserviceuser.token.AccessToken;
import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * A call that is made once more, with another token, if the server rejects the first.
 *
 * @param <ReqT> the type of the request
 * @param <RespT> the type of the response
 */
final class GrpcAuthorizedCall<ReqT, RespT> extends ClientCall<ReqT, RespT> {

	private final ServiceUserCallCredentials credentials;

	private final @Nullable AudienceHints hints;

	private final MethodDescriptor<ReqT, RespT> method;

	private final CallOptions options;

	private final Channel next;

	private final Context context = Context.current();

	private final GrpcCallAuthorization authorization;

	private final ClientCall<ReqT, RespT> first;

	private final GrpcRequest<ReqT> request;

	private volatile @Nullable CompletableFuture<AccessToken> waiting;

	GrpcAuthorizedCall(ServiceUserCallCredentials credentials, @Nullable AudienceHints hints,
			MethodDescriptor<ReqT, RespT> method, CallOptions options, Channel next) {
		this.credentials = credentials;
		this.hints = hints;
		this.method = method;
		this.options = options;
		this.next = next;
		this.authorization = new GrpcCallAuthorization(credentials);
		this.first = next.newCall(method, this.authorization.addTo(options));
		this.request = new GrpcRequest<>(this.first, method.getType().clientSendsOneMessage());
	}

	@Override
	public void start(Listener<RespT> listener, Metadata headers) {
		// A copy each time: what gRPC adds to one, the token for instance, must not be in
		// the next, nor in that of the caller.
		this.first.start(new FirstAnswer(listener, copy(headers)), copy(headers));
	}

	@Override
	public void request(int numMessages) {
		this.request.ask(numMessages);
	}

	@Override
	public void cancel(@Nullable String message, @Nullable Throwable cause) {
		this.request.cancel(message, cause);
		CompletableFuture<AccessToken> other = this.waiting;
		if (other != null) {
			other.cancel(false);
		}
	}

	@Override
	public void halfClose() {
		this.request.halfClose();
	}

	@Override
	public void sendMessage(ReqT message) {
		this.request.send(message);
	}

	@Override
	public boolean isReady() {
		return this.request.call().isReady();
	}

	@Override
	public void setMessageCompression(boolean enabled) {
		this.request.compress(enabled);
	}

	@Override
	public Attributes getAttributes() {
		return this.request.call().getAttributes();
	}

	private CompletableFuture<AccessToken> reject(AccessToken rejected) {
		try {
			return this.credentials.tokenSource().reject(rejected);
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private CompletableFuture<AccessToken> insteadOf(AccessToken rejected) {
		CompletableFuture<AccessToken> other = reject(rejected);
		Deadline deadline = deadline();
		if (deadline != null && !other.isDone()) {
			other.orTimeout(deadline.timeRemaining(TimeUnit.NANOSECONDS), TimeUnit.NANOSECONDS);
		}
		this.waiting = other;
		// Whoever cancelled before this future was there to be cancelled.
		if (!this.request.isRepeatable()) {
			other.cancel(false);
		}
		return other;
	}

	private @Nullable Deadline deadline() {
		Deadline ofCall = this.options.getDeadline();
		Deadline ofContext = this.context.getDeadline();
		return (ofCall == null || ofContext == null) ? (ofCall != null) ? ofCall : ofContext
				: ofCall.minimum(ofContext);
	}

	private void hint(GrpcCallAuthorization rejected) {
		URI target = rejected.target();
		if (this.hints != null && target != null) {
			this.hints.unauthorized(target);
		}
	}

	private static Metadata copy(Metadata headers) {
		Metadata copy = new Metadata();
		copy.merge(headers);
		return copy;
	}

	/**
	 * The answer to the first call, which the caller gets unless it is made again.
	 */
	private final class FirstAnswer extends SimpleForwardingClientCallListener<RespT> {

		private final Metadata requestHeaders;

		private FirstAnswer(Listener<RespT> caller, Metadata requestHeaders) {
			super(caller);
			this.requestHeaders = requestHeaders;
		}

		@Override
		public void onHeaders(Metadata headers) {
			GrpcAuthorizedCall.this.request.forget();
			super.onHeaders(headers);
		}

		@Override
		public void onMessage(RespT message) {
			GrpcAuthorizedCall.this.request.forget();
			super.onMessage(message);
		}

		@Override
		@SuppressWarnings("FutureReturnValueIgnored") // what can fail is told to the
														// caller
		public void onClose(Status status, Metadata trailers) {
			GrpcAuthorizedCall<ReqT, RespT> call = GrpcAuthorizedCall.this;
			AccessToken sent = call.authorization.sent();
			if (status.getCode() != Status.Code.UNAUTHENTICATED || sent == null) {
				call.request.forget();
				super.onClose(status, trailers);
				return;
			}
			if (!call.request.isRepeatable()) {
				call.reject(sent);
				super.onClose(status, trailers);
				return;
			}
			CompletableFuture<AccessToken> other = call.insteadOf(sent);
			if (other.isDone()) {
				decide(other, sent, status, trailers);
			}
			else {
				// Not on the thread that completes the future, and where the caller
				// expects its answers.
				other.whenComplete(
						(token, failure) -> handOver(() -> decide(other, sent, status, trailers), status, trailers));
			}
		}

		private void handOver(Runnable decision, Status status, Metadata trailers) {
			try {
				executor().execute(decision);
			}
			catch (RejectedExecutionException ex) {
				GrpcAuthorizedCall.this.request.forget();
				super.onClose(status.withCause(ex), trailers);
			}
		}

		private void decide(CompletableFuture<AccessToken> other, AccessToken sent, Status status, Metadata trailers) {
			boolean useless = other.isCompletedExceptionally();
			if (!useless && other.join().equals(sent)) {
				hint(GrpcAuthorizedCall.this.authorization);
				useless = true;
			}
			if (useless || !GrpcAuthorizedCall.this.request.isRepeatable()) {
				GrpcAuthorizedCall.this.request.forget();
				super.onClose(status, trailers);
				return;
			}
			ClientCall<ReqT, RespT> second;
			try {
				second = GrpcAuthorizedCall.this.context.call(this::startAgain);
			}
			catch (Exception ex) {
				super.onClose(status.withCause(ex), trailers);
				return;
			}
			repeat(second);
		}

		private ClientCall<ReqT, RespT> startAgain() {
			GrpcAuthorizedCall<ReqT, RespT> call = GrpcAuthorizedCall.this;
			GrpcCallAuthorization anew = new GrpcCallAuthorization(call.credentials);
			ClientCall<ReqT, RespT> second = call.next.newCall(call.method, anew.addTo(call.options));
			second.start(new SecondAnswer(delegate(), anew), this.requestHeaders);
			return second;
		}

		private void repeat(ClientCall<ReqT, RespT> second) {
			try {
				GrpcAuthorizedCall.this.request.repeat(second);
			}
			catch (RuntimeException ex) {
				second.cancel("The call cannot be made once more", ex);
			}
		}

		private Executor executor() {
			Executor ofCall = GrpcAuthorizedCall.this.options.getExecutor();
			Executor ofChannel = GrpcAuthorizedCall.this.authorization.executor();
			return (ofCall != null) ? ofCall : (ofChannel != null) ? ofChannel : Runnable::run;
		}

	}

	/**
	 * The answer to the second call, which the caller gets in any case.
	 */
	private final class SecondAnswer extends SimpleForwardingClientCallListener<RespT> {

		private final GrpcCallAuthorization authorization;

		private SecondAnswer(Listener<RespT> caller, GrpcCallAuthorization authorization) {
			super(caller);
			this.authorization = authorization;
		}

		@Override
		public void onClose(Status status, Metadata trailers) {
			if (status.getCode() == Status.Code.UNAUTHENTICATED) {
				hint(this.authorization);
			}
			super.onClose(status, trailers);
		}

		@Override
		public void onReady() {
			// The caller was told at the first call, and has sent all that there is.
		}

	}

}
