// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * The body of an answer that nobody will read.
 */
final class ReleasedBody {

	// Reactor's key for a hook of one sequence: a client may have released the body
	// itself a moment ago, and fails twice then.
	private static final String ON_ERROR_DROPPED = "reactor.onErrorDropped.local";

	private ReleasedBody() {
	}

	/**
	 * Release the body now, so that its connection can be used again. A caller that gives
	 * up meanwhile does not end that: with some clients the rest of the body would stay
	 * on the connection, and the connection with it. Others abort the exchange, and the
	 * body fails before those who wait for its end hear that nobody does any more.
	 * @param response the answer
	 * @param abandoned whether the caller has given up, which is to be known before the
	 * client is told
	 * @return completes when the body has been released, or cannot be, unless the caller
	 * has given up
	 */
	static Mono<Void> of(ClientResponse response, AtomicBoolean abandoned) {
		return Mono
			.fromFuture(response.releaseBody()
				.onErrorComplete()
				.contextWrite((context) -> context.put(ON_ERROR_DROPPED, (Consumer<Throwable>) ReleasedBody::ignore))
				.toFuture(), true)
			.then(Mono.defer(() -> abandoned.get() ? Mono.never() : Mono.empty()));
	}

	private static void ignore(Throwable failure) {
	}

}
