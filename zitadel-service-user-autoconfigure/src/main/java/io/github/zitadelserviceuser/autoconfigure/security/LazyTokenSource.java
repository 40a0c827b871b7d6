// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.security;

import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;

/**
 * The token source, looked up when the first token is wanted: Spring Security collects
 * all providers, also in an application that never calls out as the service user and may
 * not be set up for it.
 */
final class LazyTokenSource implements TokenSource {

	private final SingletonSupplier<TokenSource> source;

	LazyTokenSource(ObjectProvider<TokenSource> provider) {
		this.source = SingletonSupplier.of(provider::getObject);
	}

	@Override
	public CompletableFuture<AccessToken> get() {
		return this.source.obtain().get();
	}

	@Override
	public boolean hasToken() {
		return this.source.obtain().hasToken();
	}

	@Override
	public AccessToken await() {
		return this.source.obtain().await();
	}

	@Override
	public CompletableFuture<AccessToken> reject(AccessToken token) {
		return this.source.obtain().reject(token);
	}

}
