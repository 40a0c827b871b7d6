// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client.grpc;

import io.github.zitadelserviceuser.client.CallHints;
import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A call with a token, which the caller takes for one although it may become two.
 *
 * @param <ReqT> the type of the request
 * @param <RespT> the type of the response
 */
final class GrpcAuthorizedCall<ReqT, RespT> extends ClientCall<ReqT, RespT> {

	private final ServiceUserCallCredentials credentials;

	private final @Nullable CallHints hints;

	private final MethodDescriptor<ReqT, RespT> method;

	private final CallOptions options;

	private final Channel next;

	private final GrpcCallAuthorization authorization;

	private final ClientCall<ReqT, RespT> first;

	private final GrpcRequest<ReqT> request;

	private final GrpcRepeatedCall<ReqT, RespT> repeated;

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
		this.repeated = new GrpcRepeatedCall<>(credentials.tokenSource(), this.request, this.authorization, options);
	}

	@Override
	public void start(Listener<RespT> listener, Metadata headers) {
		// A copy each time: what gRPC adds to one, the token for instance, must not be in
		// the next, nor in that of the caller.
		Metadata again = copy(headers);
		Listener<RespT> answer = this.repeated.answer(listener, (second) -> startAgain(second, again));
		this.first.start(new GrpcHintedAnswer<>(answer, this.authorization, this.hints), copy(headers));
	}

	@Override
	public void request(int numMessages) {
		this.request.ask(numMessages);
	}

	@Override
	public void cancel(@Nullable String message, @Nullable Throwable cause) {
		this.request.cancel(message, cause);
		this.repeated.abandon();
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

	private ClientCall<ReqT, RespT> startAgain(Listener<RespT> answer, Metadata headers) {
		GrpcCallAuthorization anew = new GrpcCallAuthorization(this.credentials);
		ClientCall<ReqT, RespT> second = this.next.newCall(this.method, anew.addTo(this.options));
		second.start(new GrpcHintedAnswer<>(answer, anew, this.hints), headers);
		return second;
	}

	private static Metadata copy(Metadata headers) {
		Metadata copy = new Metadata();
		copy.merge(headers);
		return copy;
	}

}
