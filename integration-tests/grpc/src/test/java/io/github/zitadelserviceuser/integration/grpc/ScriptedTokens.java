// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.grpc;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;

/**
 * A source of tokens that does as it is told.
 */
final class ScriptedTokens implements TokenSource {

	private final List<AccessToken> rejected = new CopyOnWriteArrayList<>();

	private volatile CompletableFuture<AccessToken> current = CompletableFuture.completedFuture(token("first"));

	private volatile CompletableFuture<AccessToken> replacement = CompletableFuture.completedFuture(token("second"));

	static AccessToken token(String value) {
		return new AccessToken(value, Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
	}

	void hold(CompletableFuture<AccessToken> token) {
		this.current = token;
	}

	void replaceBy(CompletableFuture<AccessToken> replacement) {
		this.replacement = replacement;
	}

	List<String> rejected() {
		return this.rejected.stream().map(AccessToken::value).toList();
	}

	@Override
	public CompletableFuture<AccessToken> get() {
		return this.current.copy();
	}

	@Override
	public AccessToken await() {
		return this.current.join();
	}

	@Override
	public CompletableFuture<AccessToken> reject(AccessToken token) {
		this.rejected.add(token);
		CompletableFuture<AccessToken> instead = this.replacement;
		return instead.thenApply((other) -> {
			this.current = CompletableFuture.completedFuture(other);
			return other;
		});
	}

}
