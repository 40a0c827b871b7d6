// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.herd;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.zitadelserviceuser.benchmarks.holder.Holder;
import io.github.zitadelserviceuser.benchmarks.holder.StubEndpoint;
import reactor.core.publisher.Mono;

/**
 * The least that a herd can cost: one future that all wait for, and nothing else. What it
 * takes longer than a request is the machine's time to wake them up.
 */
final class FutureHolder implements Holder {

	private final AtomicBoolean asked = new AtomicBoolean();

	private final CompletableFuture<String> token = new CompletableFuture<>();

	private final StubEndpoint endpoint;

	FutureHolder(StubEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	public Object token() throws Exception {
		ask();
		return this.token.get();
	}

	@Override
	public Mono<?> tokenLater() {
		ask();
		return Mono.fromFuture(this.token, true);
	}

	private void ask() {
		if (this.asked.compareAndSet(false, true)) {
			new Thread(() -> this.token.complete(this.endpoint.request().token())).start();
		}
	}

}
