// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * The body of an answer that nobody will read.
 */
final class ReleasedBody {

	private ReleasedBody() {
	}

	/**
	 * Release the body now, so that its connection can be used again. A caller that gives
	 * up meanwhile does not end that: with some clients the rest of the body would stay
	 * on the connection, and the connection with it.
	 * @param response the answer
	 * @return completes when the body has been released, or cannot be
	 */
	static Mono<Void> of(ClientResponse response) {
		return Mono.fromFuture(response.releaseBody().onErrorComplete().toFuture(), true);
	}

}
