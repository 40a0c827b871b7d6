// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client.grpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.github.zitadelserviceuser.client.IssuerHeaders;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.net.Origin;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Authorizes calls of grpc-java as the service user: puts the token into the metadata
 * entry {@code authorization} (RFC 6750, section 2.1). Give them to a stub, with
 * {@code withCallCredentials}, or to a single call.
 * <p>
 * They never block. While a token is held, the call goes out on the thread that makes it;
 * otherwise on an executor of the channel once there is a token (or on another thread, if
 * that executor is a direct one). Before anything is sent a call fails with
 * <ul>
 * <li>{@link Status#PERMISSION_DENIED} and a {@link HostNotAllowedException} as the cause
 * if its target may not have the token. What counts is the authority of the call,
 * together with the host that the server's certificate was verified for. Without TLS it
 * is also the address that the connection really leads to: the token then goes to this
 * machine only, unless a property says otherwise;</li>
 * <li>{@link Status#UNAVAILABLE} and a {@link TokenRequestException} as the cause if
 * there is no token for a reason that may pass, or a {@link RejectedExecutionException}
 * if the executor does not take the call;</li>
 * <li>{@link Status#UNAUTHENTICATED} and the same if there is none for another
 * reason.</li>
 * </ul>
 * gRPC adds them to the metadata that a call has already. Where that may hold an
 * {@code authorization} of its own, use {@link ServiceUserClientInterceptor}, which also
 * sees to tokens that a server rejects.
 * <p>
 * Instances are safe for use by any number of threads.
 *
 * @since 0.1.0
 */
public final class ServiceUserCallCredentials extends CallCredentials {

	static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization",
			Metadata.ASCII_STRING_MARSHALLER);

	private final TokenSource tokenSource;

	private final AllowedHosts allowedHosts;

	private final @Nullable IssuerHeaders issuerHeaders;

	/**
	 * Create new credentials.
	 * @param tokenSource where the token comes from
	 * @param allowedHosts where it may go
	 * @param issuerHeaders what a call to the issuer gets beside the token, if anything
	 */
	public ServiceUserCallCredentials(TokenSource tokenSource, AllowedHosts allowedHosts,
			@Nullable IssuerHeaders issuerHeaders) {
		this.tokenSource = tokenSource;
		this.allowedHosts = allowedHosts;
		this.issuerHeaders = issuerHeaders;
	}

	@Override
	public void applyRequestMetadata(RequestInfo requestInfo, Executor appExecutor, MetadataApplier applier) {
		authorize(requestInfo, appExecutor, new Answer(applier));
	}

	TokenSource tokenSource() {
		return this.tokenSource;
	}

	@SuppressWarnings("FutureReturnValueIgnored") // what can fail is told to the call
	void authorize(RequestInfo call, Executor executor, Answer answer) {
		Metadata metadata = new Metadata();
		try {
			addIssuerHeaders(metadata, new GrpcTarget(call).check(this.allowedHosts));
		}
		catch (HostNotAllowedException ex) {
			answer.fail(Status.PERMISSION_DENIED.withDescription(ex.getMessage()).withCause(ex));
			return;
		}
		CompletableFuture<AccessToken> token = this.tokenSource.get();
		if (token.isDone() && !token.isCompletedExceptionally()) {
			answer.apply(token.join(), metadata);
			return;
		}
		token.whenComplete((obtained, failure) -> {
			try {
				HandOver.to(executor, () -> answer(answer, obtained, failure, metadata));
			}
			catch (RejectedExecutionException ex) {
				answer.fail(Status.UNAVAILABLE
					.withDescription(
							"The call was not sent: the executor of its channel takes no more tasks, or is shut down")
					.withCause(ex));
			}
		});
	}

	private static void answer(Answer answer, @Nullable AccessToken token, @Nullable Throwable failure,
			Metadata metadata) {
		if (token != null) {
			answer.apply(token, metadata);
		}
		else {
			answer.fail(statusOf(failure));
		}
	}

	private void addIssuerHeaders(Metadata metadata, @Nullable Origin target) {
		if (this.issuerHeaders != null && target != null) {
			this.issuerHeaders.of(target)
				.forEach((name, value) -> metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
		}
	}

	private static Status statusOf(@Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause instanceof TokenRequestException ex) {
			Status status = switch (ex.getReason()) {
				case UNREACHABLE, UNAVAILABLE, SERVER_ERROR, KEY_NOT_KNOWN_YET, TIMEOUT -> Status.UNAVAILABLE;
				case REFUSED, INVALID_RESPONSE, WRONG_SERVER, INVALID_KEY, CANCELLED, UNEXPECTED ->
					Status.UNAUTHENTICATED;
			};
			return status.withDescription(ex.getMessage()).withCause(ex.forCaller());
		}
		return Status.UNAUTHENTICATED.withDescription("There is no token of the service user").withCause(cause);
	}

	@Override
	public String toString() {
		return "ServiceUserCallCredentials";
	}

	/**
	 * What becomes of a call.
	 */
	static class Answer {

		private final MetadataApplier applier;

		Answer(MetadataApplier applier) {
			this.applier = applier;
		}

		void apply(AccessToken token, Metadata metadata) {
			metadata.put(AUTHORIZATION, "Bearer " + token.value());
			this.applier.apply(metadata);
		}

		void fail(Status status) {
			this.applier.fail(status);
		}

	}

}
