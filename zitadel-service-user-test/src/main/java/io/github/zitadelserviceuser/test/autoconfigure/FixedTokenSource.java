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
