// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test.autoconfigure;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;

/**
 * A source that has one token and no other.
 */
final class FixedTokenSource implements TokenSource {

	private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

	private final AccessToken token;

	FixedTokenSource(String value) {
		this.token = new AccessToken(value, Instant.now(), END);
	}

	@Override
	public CompletableFuture<AccessToken> get() {
		return CompletableFuture.completedFuture(this.token);
	}

	@Override
	public AccessToken await() {
		return this.token;
	}

	@Override
	public CompletableFuture<AccessToken> reject(AccessToken token) {
		return get();
	}

}
