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

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenListener;
import io.github.zitadelserviceuser.token.TokenRequestException;

/**
 * A listener that is looked up when there is something to tell: one that has the token
 * source or a client injected comes into being after them.
 */
final class LazyTokenListener implements TokenListener {

	private final LateListener<TokenListener> listener;

	LazyTokenListener(LateListener<TokenListener> listener) {
		this.listener = listener;
	}

	@Override
	public void onObtained(AccessToken token) {
		this.listener.tell((listener) -> listener.onObtained(token));
	}

	@Override
	public void onRefreshed(AccessToken token) {
		this.listener.tell((listener) -> listener.onRefreshed(token));
	}

	@Override
	public void onFailed(TokenRequestException failure) {
		this.listener.tell((listener) -> listener.onFailed(failure));
	}

	@Override
	public void onRejected(AccessToken token) {
		this.listener.tell((listener) -> listener.onRejected(token));
	}

	@Override
	public String toString() {
		return this.listener.toString();
	}

}
