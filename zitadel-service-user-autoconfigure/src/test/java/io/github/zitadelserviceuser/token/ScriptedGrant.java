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

	ScriptedGrant fail(Reason reason, int times) {
		for (int i = 0; i < times; i++) {
			fail(reason);
		}
		return this;
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
