// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;

/**
 * Answers each request as the script says, and with a token for one hour beyond its end.
 * The tokens are {@code token-1}, {@code token-2} and so on.
 */
final class ScriptedGrant implements TokenGrant {

	static final Duration LIFETIME = Duration.ofHours(1);

	private final Deque<Supplier<TokenResponse>> script = new ArrayDeque<>();

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger tokens = new AtomicInteger();

	private volatile boolean replaceable = true;

	@Override
	public TokenResponse replace(AccessToken rejected) {
		if (!this.replaceable) {
			throw failure(Reason.REFUSED, null);
		}
		return request();
	}

	@Override
	public TokenResponse request() {
		this.requests.incrementAndGet();
		Supplier<TokenResponse> answer = this.script.poll();
		return (answer != null) ? answer.get() : token(LIFETIME);
	}

	ScriptedGrant answer(Supplier<TokenResponse> answer) {
		this.script.add(answer);
		return this;
	}

	ScriptedGrant succeed(Duration lifetime) {
		return answer(() -> token(lifetime));
	}

	ScriptedGrant fail(Reason reason) {
		return fail(reason, null);
	}

	ScriptedGrant fail(Reason reason, Duration retryAfter) {
		return answer(() -> {
			throw failure(reason, retryAfter);
		});
	}

	/**
	 * Fail for a reason so that it is not healed by a repetition at once.
	 */
	ScriptedGrant failForGood(Reason reason) {
		return fail(reason, (reason == Reason.UNREACHABLE) ? 2 : 1);
	}

	ScriptedGrant fail(Reason reason, int times) {
		for (int i = 0; i < times; i++) {
			fail(reason);
		}
		return this;
	}

	/**
	 * Set whether there is another token in place of one that was rejected.
	 */
	void replaceable(boolean replaceable) {
		this.replaceable = replaceable;
	}

	int requests() {
		return this.requests.get();
	}

	TokenResponse token(Duration lifetime) {
		return new TokenResponse("token-" + this.tokens.incrementAndGet(), lifetime);
	}

	static TokenRequestException failure(Reason reason, Duration retryAfter) {
		return new TokenRequestException(reason, "The script says " + reason, null, retryAfter, null);
	}

}
