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
