// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.concurrent.CompletableFuture;

/**
 * The one door to an access token, for blocking and for non-blocking callers alike.
 * Whoever needs the raw token (gRPC metadata, a message header, another library) asks
 * here before each use and keeps none of its own.
 * <p>
 * Implementations are safe for use by any number of threads.
 *
 * @since 0.1.0
 * @see RefreshingTokenSource
 */
public interface TokenSource {

	/**
	 * Return a token that can be sent now. This method never blocks and does no I/O.
	 * Where a usable token is held, the future is complete already; otherwise it
	 * completes with the outcome of the one token request that is in flight for all
	 * callers. Cancelling the future ends the wait of this caller alone.
	 * <p>
	 * Dependent stages run on the calling thread where the future is complete, and
	 * otherwise on a thread on which no token request and no time-out depends, nor, but
	 * for a moment, another caller. One that blocks there keeps that thread: blocking
	 * work belongs on an executor of the caller's own, as by
	 * {@link CompletableFuture#thenApplyAsync(java.util.function.Function, java.util.concurrent.Executor)}.
	 * @return a future that fails with a {@link TokenRequestException} only, unless the
	 * caller itself cancels or completes it
	 */
	CompletableFuture<AccessToken> get();

	/**
	 * Return whether {@link #get()} would return a token at once. To ask this causes
	 * nothing; it spares a caller what only one that waits has to prepare.
	 * @return whether a token is held; {@code false} also where that is not known
	 */
	default boolean hasToken() {
		return false;
	}

	/**
	 * Return a token that can be sent now and wait for it if need be. Interrupting the
	 * thread ends the wait of this caller alone; the interrupt flag is then set.
	 * @return the token
	 * @throws TokenRequestException if there is none
	 * @throws IllegalStateException if the calling thread must not block, and no token is
	 * held that it could have at once. That is so on a thread of a reactive library, and
	 * on those that request the token or run what depends on a future of {@link #get()}
	 */
	AccessToken await();

	/**
	 * Say that a resource server answered 401 to a token, and return what to send
	 * instead. This method never blocks and does no I/O; the future is one as from
	 * {@link #get()}.
	 * <p>
	 * Where another token is held, it is returned. Otherwise the future completes with
	 * the outcome of a token request, and callers of this method alone wait for it: all
	 * others are given the rejected token meanwhile, as long as it lives, since the fault
	 * may be with that one server.
	 * <p>
	 * Where no other token can be had, the future completes with the same one: at once
	 * where none is requested (the token is so young that another could not do better,
	 * the last request failed just now, the source is closed), and otherwise when the
	 * request fails. The call is then not worth repeating. A server that always answers
	 * 401 thus does not cause a token request for each call.
	 * @param token the token that was sent
	 * @return a future of the token to send instead, which is {@linkplain Object#equals
	 * equal} to the given one if there is no other; it fails, with a
	 * {@link TokenRequestException} only, if that one has ended as well
	 */
	CompletableFuture<AccessToken> reject(AccessToken token);

}
