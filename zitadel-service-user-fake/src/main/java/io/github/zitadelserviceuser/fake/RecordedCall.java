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
