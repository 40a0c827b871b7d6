// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client.grpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * A call that is made once more, with another token, if the answer is
 * {@code UNAUTHENTICATED}. Where there is no other token, whatever the reason, or the
 * request cannot be sent again, that answer stands; so it does when the deadline of the
 * call passes while it waits for that token.
 *
 * @param <ReqT> the type of the request
 * @param <RespT> the type of the response
 */
final class GrpcRepeatedCall<ReqT, RespT> {

	private final TokenSource tokenSource;

	private final GrpcRequest<ReqT> request;

	private final GrpcCallAuthorization authorization;

	private final CallOptions options;

	private final Context context = Context.current();

	private volatile @Nullable CompletableFuture<AccessToken> waiting;

	/**
	 * Create a new call, of the current context.
	 * @param tokenSource where another token comes from
	 * @param request what is sent, and sent again
	 * @param authorization knows the token that is sent first
	 * @param options the options of the caller
	 */
	GrpcRepeatedCall(TokenSource tokenSource, GrpcRequest<ReqT> request, GrpcCallAuthorization authorization,
			CallOptions options) {
		this.tokenSource = tokenSource;
		this.request = request;
		this.authorization = authorization;
		this.options = options;
	}

	/**
	 * Return what takes the answer to the first call.
	 * @param caller gets that or the one to the second, and never parts of both
	 * @param start starts the second call, whose answer the given listener takes
	 * @return a listener for the first call
	 */
	ClientCall.Listener<RespT> answer(ClientCall.Listener<RespT> caller,
			Function<ClientCall.Listener<RespT>, ClientCall<ReqT, RespT>> start) {
		return new FirstAnswer(caller, start);
	}

	/**
	 * End the wait for another token, if there is one. The request has been cancelled.
	 */
	void abandon() {
		CompletableFuture<AccessToken> other = this.waiting;
		if (other != null) {
			other.cancel(false);
		}
	}

	private CompletableFuture<AccessToken> reject(AccessToken rejected) {
		try {
			return this.tokenSource.reject(rejected);
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

	private Executor executor() {
		Executor ofCall = this.options.getExecutor();
		Executor ofChannel = this.authorization.executor();
		return (ofCall != null) ? ofCall : (ofChannel != null) ? ofChannel : Runnable::run;
	}

	/**
	 * The answer to the first call, which the caller gets unless it is made again. Its
	 * metadata is held back as long as that is open: a server may send some ahead of the
	 * status, and the caller may not get it twice.
	 */
	private final class FirstAnswer extends SimpleForwardingClientCallListener<RespT> {

		private final Function<ClientCall.Listener<RespT>, ClientCall<ReqT, RespT>> start;

		private @Nullable Metadata held;

		private FirstAnswer(ClientCall.Listener<RespT> caller,
				Function<ClientCall.Listener<RespT>, ClientCall<ReqT, RespT>> start) {
			super(caller);
			this.start = start;
		}

		@Override
		public void onHeaders(Metadata headers) {
			if (GrpcRepeatedCall.this.request.mayBeRepeated()) {
				this.held = headers;
			}
			else {
				super.onHeaders(headers);
			}
		}

		@Override
		public void onMessage(RespT message) {
			release();
			super.onMessage(message);
		}

		@Override
		@SuppressWarnings("FutureReturnValueIgnored") // the next call has the other token
		public void onClose(Status status, Metadata trailers) {
			AccessToken sent = GrpcRepeatedCall.this.authorization.sent();
			if (status.getCode() != Status.Code.UNAUTHENTICATED || sent == null) {
				end(status, trailers);
			}
			else if (GrpcRepeatedCall.this.request.isRepeatable()) {
				decide(insteadOf(sent), sent, status, trailers);
			}
			else {
				reject(sent);
				end(status, trailers);
			}
		}

		@SuppressWarnings("FutureReturnValueIgnored") // what can fail is told to the
														// caller
		private void decide(CompletableFuture<AccessToken> other, AccessToken sent, Status status, Metadata trailers) {
			if (other.isDone()) {
				repeatOrEnd(other, sent, status, trailers);
				return;
			}
			other.whenComplete((token, failure) -> {
				try {
					// Where the caller expects its answers.
					HandOver.to(executor(), () -> repeatOrEnd(other, sent, status, trailers));
				}
				catch (RejectedExecutionException ex) {
					end(status.withCause(ex), trailers);
				}
			});
		}

		private void repeatOrEnd(CompletableFuture<AccessToken> other, AccessToken sent, Status status,
				Metadata trailers) {
			if (other.isCompletedExceptionally() || other.join().equals(sent)
					|| !GrpcRepeatedCall.this.request.isRepeatable()) {
				end(status, trailers);
				return;
			}
			ClientCall<ReqT, RespT> second;
			try {
				second = GrpcRepeatedCall.this.context.call(() -> this.start.apply(new SecondAnswer<>(delegate())));
			}
			catch (Exception ex) {
				end(status.withCause(ex), trailers);
				return;
			}
			repeat(second);
		}

		private void repeat(ClientCall<ReqT, RespT> second) {
			try {
				GrpcRepeatedCall.this.request.repeat(second);
			}
			catch (RuntimeException ex) {
				second.cancel("The call cannot be made once more", ex);
			}
		}

		private void end(Status status, Metadata trailers) {
			release();
			super.onClose(status, trailers);
		}

		private void release() {
			GrpcRepeatedCall.this.request.forget();
			Metadata headers = this.held;
			if (headers != null) {
				this.held = null;
				super.onHeaders(headers);
			}
		}

	}

	/**
	 * The answer to the second call, which the caller gets in any case.
	 */
	private static final class SecondAnswer<RespT> extends SimpleForwardingClientCallListener<RespT> {

		private SecondAnswer(ClientCall.Listener<RespT> caller) {
			super(caller);
		}

		@Override
		public void onReady() {
			// The caller was told at the first call, and has sent all that there is.
		}

	}

}
