// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client.grpc;

import io.github.zitadelserviceuser.client.CallHints;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Authorizes the calls of a gRPC channel or stub as the service user, with
 * {@link ServiceUserCallCredentials} and all that they promise. A call that has
 * credentials of its own, or {@code authorization} in its metadata, is left as it is,
 * wherever among the interceptors this one stands. It does not go on a channel whose
 * channel credentials hold call credentials too: gRPC would send both.
 * <p>
 * An answer of {@link Status#UNAUTHENTICATED} causes the token that was sent to be
 * replaced. A call that sends one message (unary, or with a stream of answers) is then
 * made once more, if there is another token and no message was answered before that
 * status. The caller waits for it as long as the deadline of the call permits. Otherwise
 * the caller gets that answer. A message that is an {@link java.io.InputStream}, which
 * can be read once, is not sent again.
 * <p>
 * A server may send metadata ahead of that status, as ZITADEL does. So the metadata that
 * a call with one message is answered with reaches the caller together with the first
 * message of the answer or its end, not before, and only that of the answer which the
 * caller gets.
 * <p>
 * Instances are safe for use by any number of threads and never block.
 *
 * @since 0.1.0
 */
public final class ServiceUserClientInterceptor implements ClientInterceptor {

	private final ServiceUserCallCredentials credentials;

	private final @Nullable CallHints hints;

	/**
	 * Create a new interceptor.
	 * @param credentials what authorizes the calls
	 */
	public ServiceUserClientInterceptor(ServiceUserCallCredentials credentials) {
		this(credentials, null);
	}

	private ServiceUserClientInterceptor(ServiceUserCallCredentials credentials, @Nullable CallHints hints) {
		this.credentials = credentials;
		this.hints = hints;
	}

	/**
	 * Return an interceptor that tells how its calls are answered.
	 * @param hints who to tell, if anybody
	 * @return another interceptor
	 */
	public ServiceUserClientInterceptor withHints(@Nullable CallHints hints) {
		return new ServiceUserClientInterceptor(this.credentials, hints);
	}

	@Override
	public <ReqT, RespT> ClientCall<ReqT, RespT> interceptCall(MethodDescriptor<ReqT, RespT> method,
			CallOptions callOptions, Channel next) {
		return (callOptions.getCredentials() != null) ? next.newCall(method, callOptions)
				: new GrpcAuthorizedCall<>(this.credentials, this.hints, method, callOptions, next);
	}

}
