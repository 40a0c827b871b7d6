// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client.grpc;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.client.CallHints;
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

	private static final String NOT_A_MEMBER = "(AUTHZ-cdgFk)";

	private final ServiceUserCallCredentials credentials;

	private final @Nullable CallHints hints;

	private final MethodDescriptor<ReqT, RespT> method;

	private final CallOptions options;

	private final Channel next;

	private final Context context = Context.current();

	private final GrpcCallAuthorization authorization;

	private final ClientCall<ReqT, RespT> first;

	private final GrpcRequest<ReqT> request;

	private volatile @Nullable CompletableFuture<AccessToken> waiting;

	GrpcAuthorizedCall(ServiceUserCallCredentials credentials, @Nullable CallHints hints,
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

	private void tell(GrpcCallAuthorization authorization, Status status) {
		CallHints told = this.hints;
		AccessToken sent = authorization.sent();
		if (told == null || sent == null || (status.isOk() && !told.isUndecided())) {
			return;
		}
		URI target = authorization.target();
		switch (status.getCode()) {
			case UNAUTHENTICATED -> told.unauthorized(target, sent);
			case PERMISSION_DENIED -> told.forbidden(target);
			case NOT_FOUND -> {
				if (isNotAMember(status)) {
					told.notAMember(target);
				}
				else {
					told.authenticated(target);
				}
			}
			case CANCELLED, DEADLINE_EXCEEDED, UNAVAILABLE, INTERNAL, UNKNOWN -> {
				// The server may have had no say in it.
			}
			default -> told.authenticated(target);
		}
	}

	private static boolean isNotAMember(Status status) {
		return status.getDescription() != null && status.getDescription().contains(NOT_A_MEMBER);
	}

	private static Metadata copy(Metadata headers) {
		Metadata copy = new Metadata();
		copy.merge(headers);
		return copy;
	}

	/**
	 * The answer to the first call, which the caller gets unless it is made again. Its
	 * metadata is held back as long as that is open: a server may send some ahead of the
	 * status, and the caller may not get it twice.
	 */
	private final class FirstAnswer extends SimpleForwardingClientCallListener<RespT> {

		private final Metadata requestHeaders;

		private @Nullable Metadata held;

		private FirstAnswer(Listener<RespT> caller, Metadata requestHeaders) {
			super(caller);
			this.requestHeaders = requestHeaders;
		}

		@Override
		public void onHeaders(Metadata headers) {
			if (GrpcAuthorizedCall.this.request.mayBeRepeated()) {
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
			GrpcAuthorizedCall<ReqT, RespT> call = GrpcAuthorizedCall.this;
			call.tell(call.authorization, status);
			AccessToken sent = call.authorization.sent();
			if (status.getCode() != Status.Code.UNAUTHENTICATED || sent == null) {
				end(status, trailers);
			}
			else if (call.request.isRepeatable()) {
				decide(call.insteadOf(sent), sent, status, trailers);
			}
			else {
				call.reject(sent);
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
					|| !GrpcAuthorizedCall.this.request.isRepeatable()) {
				end(status, trailers);
				return;
			}
			ClientCall<ReqT, RespT> second;
			try {
				second = GrpcAuthorizedCall.this.context.call(this::startAgain);
			}
			catch (Exception ex) {
				end(status.withCause(ex), trailers);
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

		private void end(Status status, Metadata trailers) {
			release();
			super.onClose(status, trailers);
		}

		private void release() {
			GrpcAuthorizedCall.this.request.forget();
			Metadata headers = this.held;
			if (headers != null) {
				this.held = null;
				super.onHeaders(headers);
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
			tell(this.authorization, status);
			super.onClose(status, trailers);
		}

		@Override
		public void onReady() {
			// The caller was told at the first call, and has sent all that there is.
		}

	}

}
