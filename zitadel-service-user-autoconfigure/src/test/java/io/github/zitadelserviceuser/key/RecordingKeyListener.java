// SPDX-License-Identifier: Apache-2.0

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
