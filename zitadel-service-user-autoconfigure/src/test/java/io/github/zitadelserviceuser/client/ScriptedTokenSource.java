// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenSource;

/**
 * A source of tokens that does as it is told.
 */
final class ScriptedTokenSource implements TokenSource {

	private final List<AccessToken> rejected = new CopyOnWriteArrayList<>();

	private volatile CompletableFuture<AccessToken> current = CompletableFuture.completedFuture(token("first"));

	private volatile CompletableFuture<AccessToken> replacement = CompletableFuture.completedFuture(token("second"));

	private volatile boolean replaceable = true;

	static AccessToken token(String value) {
		return new AccessToken(value, Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
	}

	static TokenRequestException failure() {
		return new TokenRequestException(Reason.UNAVAILABLE, "down");
	}

	void hold(CompletableFuture<AccessToken> token) {
		this.current = token;
	}

	void replaceBy(CompletableFuture<AccessToken> replacement) {
		this.replacement = replacement;
		this.replaceable = true;
	}

	void keepWhenRejected() {
		this.replaceable = false;
	}

	List<AccessToken> rejected() {
		return this.rejected;
	}

	@Override
	public CompletableFuture<AccessToken> get() {
		return this.current.copy();
	}

	@Override
	public AccessToken await() {
		try {
			return this.current.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	@Override
	public CompletableFuture<AccessToken> reject(AccessToken token) {
		this.rejected.add(token);
		if (!this.replaceable) {
			return CompletableFuture.completedFuture(token);
		}
		this.current = this.replacement;
		return this.replacement.copy();
	}

}
