// SPDX-License-Identifier: Apache-2.0

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
	public void onLifetimeUnknown(AccessToken token) {
		this.listener.tell((listener) -> listener.onLifetimeUnknown(token));
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
