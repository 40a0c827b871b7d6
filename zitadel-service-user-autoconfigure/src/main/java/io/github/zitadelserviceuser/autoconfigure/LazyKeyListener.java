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
