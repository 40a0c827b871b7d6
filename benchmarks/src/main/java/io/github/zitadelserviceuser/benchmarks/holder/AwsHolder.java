// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.holder;

import java.time.Duration;
import java.time.Instant;

import software.amazon.awssdk.utils.cache.CachedSupplier;
import software.amazon.awssdk.utils.cache.NonBlocking;
import software.amazon.awssdk.utils.cache.OneCallerBlocks;
import software.amazon.awssdk.utils.cache.RefreshResult;

/**
 * The cache that is under the credentials providers of the AWS SDK, with the times that
 * they give it.
 */
final class AwsHolder implements Holder {

	private final StubEndpoint endpoint;

	private final CachedSupplier<String> supplier;

	AwsHolder(StubEndpoint endpoint, Timing timing, boolean nonBlocking) {
		this.endpoint = endpoint;
		this.supplier = CachedSupplier.builder(this::refresh)
			.clock(timing.clock())
			.prefetchStrategy(nonBlocking ? new NonBlocking("token") : new OneCallerBlocks())
			.build();
	}

	private RefreshResult<String> refresh() {
		Issued issued = this.endpoint.request();
		Instant end = issued.expiresAt();
		// A prefetch within a minute of that is not delayed at random, by what may be
		// longer than such a token lives.
		boolean shortLived = issued.lifetime().compareTo(Duration.ofMinutes(10)) < 0;
		return RefreshResult.builder(issued.token())
			.staleTime(end.minus(Duration.ofMinutes(shortLived ? 4 : 1)))
			.prefetchTime(end.minus(Duration.ofMinutes(5)))
			.build();
	}

	@Override
	public Object token() {
		return this.supplier.get();
	}

	@Override
	public void close() {
		this.supplier.close();
	}

}
