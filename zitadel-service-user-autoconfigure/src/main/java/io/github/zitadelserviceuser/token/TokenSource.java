/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
	 * Dependent stages may run on the thread that made the token request. They must not
	 * block it: the other callers wait behind them.
	 * @return a future that fails with a {@link TokenRequestException} only
	 */
	CompletableFuture<AccessToken> get();

	/**
	 * Return a token that can be sent now and wait for it if need be. Interrupting the
	 * thread ends the wait of this caller alone; the interrupt flag is then set.
	 * @return the token
	 * @throws TokenRequestException if there is none
	 * @throws IllegalStateException if the calling thread must not block and no token is
	 * held
	 */
	AccessToken await();

	/**
	 * Say that a resource server answered 401 to a token. Only that token is affected: if
	 * another one has taken its place meanwhile, nothing happens. Neither does anything
	 * if it is so young that a new one could not do better, so that a server that always
	 * answers 401 does not cause a token request per call. This method never blocks.
	 * @param token the token that was sent
	 * @return whether {@link #get()} or {@link #await()} may now give another token, with
	 * which the call is worth repeating; not so while no other can be requested
	 */
	boolean reject(AccessToken token);

}
