// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes down each event as a line: {@code obtained token-1}, {@code failed REFUSED}.
 */
final class RecordingListener implements TokenListener {

	private final List<String> events = new ArrayList<>();

	@Override
	public void onObtained(AccessToken token) {
		this.events.add("obtained " + token.value());
	}

	@Override
	public void onRefreshed(AccessToken token) {
		this.events.add("refreshed " + token.value());
	}

	@Override
	public void onFailed(TokenRequestException failure) {
		this.events.add("failed " + failure.getReason());
	}

	@Override
	public void onRejected(AccessToken token) {
		this.events.add("rejected " + token.value());
	}

	/**
	 * Return the events since the last call.
	 */
	List<String> take() {
		List<String> taken = List.copyOf(this.events);
		this.events.clear();
		return taken;
	}

}
