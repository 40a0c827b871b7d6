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

package io.github.zitadelserviceuser.key;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Writes down what it is told.
 */
final class RecordingKeyListener implements KeyListener {

	private final List<String> events = new CopyOnWriteArrayList<>();

	/**
	 * Return what was told since the last call.
	 */
	List<String> take() {
		List<String> taken = List.copyOf(this.events);
		this.events.clear();
		return taken;
	}

	@Override
	public void onReplaced(ServiceUserKey before, ServiceUserKey now) {
		this.events.add("replaced " + before.keyId() + " by " + now.keyId());
	}

	@Override
	public void onUnreadable(InvalidServiceUserKeyException failure, ServiceUserKey kept) {
		this.events.add("kept " + kept.keyId() + ": " + failure.found());
	}

	@Override
	public void onReadable(ServiceUserKey now) {
		this.events.add("readable " + now.keyId());
	}

}
