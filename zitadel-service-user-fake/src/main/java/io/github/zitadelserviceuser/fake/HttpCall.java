// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as it arrived.
 *
 * @param method the method
 * @param path the path, as sent
 * @param query the query, as sent, empty if there is none
 * @param headers the headers, their names in lower case
 * @param body the body, read as UTF-8
 * @param bodyTooLarge whether there was more of the body than is read
 */
record HttpCall(String method, String path, String query, Map<String, List<String>> headers, String body,
		boolean bodyTooLarge) {

	@Nullable String header(String lowerCaseName) {
		List<String> values = this.headers.get(lowerCaseName);
		return (values != null) ? values.get(0) : null;
	}

	/**
	 * Return the bearer token, which is found only behind exactly {@code "Bearer "}.
	 * @return the token, or {@code null}
	 */
	@Nullable String bearerToken() {
		String authorization = header("authorization");
		String prefix = "Bearer ";
		return (authorization != null && authorization.startsWith(prefix)) ? authorization.substring(prefix.length())
				: null;
	}

	@Override
	public String toString() {
		return "HttpCall[" + this.method + " " + this.path + "]";
	}

}
