// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client.grpc;

import java.net.URI;

import io.github.zitadelserviceuser.client.CallHints;
import io.github.zitadelserviceuser.token.AccessToken;
import io.grpc.ClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * An answer of which the hints are told before it is passed on.
 *
 * @param <RespT> the type of the response
 */
final class GrpcHintedAnswer<RespT> extends SimpleForwardingClientCallListener<RespT> {

	private static final String NOT_A_MEMBER = "(AUTHZ-cdgFk)";

	private final GrpcCallAuthorization authorization;

	private final @Nullable CallHints hints;

	GrpcHintedAnswer(ClientCall.Listener<RespT> next, GrpcCallAuthorization authorization, @Nullable CallHints hints) {
		super(next);
		this.authorization = authorization;
		this.hints = hints;
	}

	@Override
	public void onClose(Status status, Metadata trailers) {
		AccessToken sent = this.authorization.sent();
		if (this.hints != null && sent != null && (!status.isOk() || this.hints.isUndecided())) {
			tell(this.hints, this.authorization.target(), sent, status);
		}
		super.onClose(status, trailers);
	}

	private static void tell(CallHints hints, URI target, AccessToken sent, Status status) {
		switch (status.getCode()) {
			case UNAUTHENTICATED -> hints.unauthorized(target, sent);
			case PERMISSION_DENIED -> hints.forbidden(target);
			case NOT_FOUND -> {
				if (isNotAMember(status)) {
					hints.notAMember(target);
				}
				else {
					hints.authenticated(target);
				}
			}
			case CANCELLED, DEADLINE_EXCEEDED, UNAVAILABLE, INTERNAL, UNKNOWN -> {
				// The server may have had no say in it.
			}
			default -> hints.authenticated(target);
		}
	}

	private static boolean isNotAMember(Status status) {
		return status.getDescription() != null && status.getDescription().contains(NOT_A_MEMBER);
	}

}
