// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A call that has arrived at a {@link FakeEndpoint}. {@link #toString()} leaves headers
 * and token out.
 *
 * @param method the HTTP method
 * @param path the path, as sent, without the query
 * @param headers the HTTP headers, their names in lower case
 * @param accessToken the bearer token it came with, {@code null} if it had none
 * @since 0.1.0
 */
public record RecordedCall(String method, String path, Map<String, List<String>> headers,
		@Nullable String accessToken) {

	@Override
	public String toString() {
		return "RecordedCall[" + this.method + " " + this.path + "]";
	}

}
