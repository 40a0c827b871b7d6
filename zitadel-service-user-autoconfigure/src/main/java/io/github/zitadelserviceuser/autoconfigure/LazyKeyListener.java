// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.key.KeyListener;
import io.github.zitadelserviceuser.key.ServiceUserKey;

/**
 * A listener that is looked up when there is something to tell: one that has the token
 * source or a client injected comes into being after the key.
 */
final class LazyKeyListener implements KeyListener {

	private final LateListener<KeyListener> listener;

	LazyKeyListener(LateListener<KeyListener> listener) {
		this.listener = listener;
	}

	@Override
	public void onReplaced(ServiceUserKey before, ServiceUserKey now) {
		this.listener.tell((listener) -> listener.onReplaced(before, now));
	}

	@Override
	public void onUnreadable(InvalidServiceUserKeyException failure, ServiceUserKey kept) {
		this.listener.tell((listener) -> listener.onUnreadable(failure, kept));
	}

	@Override
	public void onReadable(ServiceUserKey now) {
		this.listener.tell((listener) -> listener.onReadable(now));
	}

	@Override
	public String toString() {
		return this.listener.toString();
	}

}
