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
