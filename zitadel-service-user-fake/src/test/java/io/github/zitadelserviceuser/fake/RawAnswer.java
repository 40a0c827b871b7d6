// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * An HTTP answer as it came over the wire.
 *
 * @param status the status, 0 if the connection was closed without an answer
 * @param headers the headers, their names in lower case
 * @param body the body
 */
record RawAnswer(int status, Map<String, String> headers, String body) {

	static RawAnswer parse(String message) {
		if (message.isEmpty()) {
			return new RawAnswer(0, Map.of(), "");
		}
		String[] halves = message.split("\r\n\r\n", 2);
		String[] lines = halves[0].split("\r\n", -1);
		Map<String, String> headers = new LinkedHashMap<>();
		for (int i = 1; i < lines.length; i++) {
			String[] parts = lines[i].split(": ", 2);
			headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
		}
		return new RawAnswer(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, halves[1]);
	}

	boolean isAborted() {
		return this.status == 0;
	}

	Map<String, Object> json() {
		return Objects.requireNonNull(Json.readObject(this.body.getBytes(StandardCharsets.UTF_8)), this.body);
	}

}
