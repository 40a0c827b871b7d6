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

package io.github.zitadelserviceuser.integration.ways;

import io.github.zitadelserviceuser.ServiceUser;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

@Component
final class RestClientGreeter implements Greeter {

	private final RestClient restClient;

	private final String url;

	RestClientGreeter(@ServiceUser RestClient restClient, @Value("${greeting.url}") String url) {
		this.restClient = restClient;
		this.url = url;
	}

	@Override
	public @Nullable String greet() {
		return this.restClient.get().uri(this.url).retrieve().body(String.class);
	}

}
