// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.holder;

import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.RefreshingTokenSourceBuilder;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenResponse;
import reactor.core.publisher.Mono;

/**
 * The source of tokens of this library, with its defaults.
 */
final class ServiceUserHolder implements Holder {

	private final RefreshingTokenSource source;

	ServiceUserHolder(StubEndpoint endpoint, Timing timing) {
		RefreshingTokenSourceBuilder builder = RefreshingTokenSource.builder(() -> request(endpoint))
			.time(timing.clock(), timing.nanoTime());
		this.source = ((timing.tasks() != null) ? builder.tasks(timing.tasks()) : builder).build();
	}

	private static TokenResponse request(StubEndpoint endpoint) {
		try {
			Issued issued = endpoint.request();
			return new TokenResponse(issued.token(), issued.lifetime());
		}
		catch (UncheckedIOException ex) {
			throw new TokenRequestException(Reason.UNREACHABLE, "Down", ex);
		}
	}

	@Override
	public Object token() {
		return this.source.await();
	}

	@Override
	public Mono<?> tokenLater() {
		CompletableFuture<AccessToken> token = this.source.get();
		return (token.isDone() && !token.isCompletedExceptionally()) ? Mono.just(token.join()) : Mono.fromFuture(token);
	}

	@Override
	public void close() {
		this.source.close();
	}

}
