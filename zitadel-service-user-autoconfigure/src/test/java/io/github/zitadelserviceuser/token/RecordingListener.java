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
