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
import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInitializer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

@Component
final class InitializedRestClientGreeter implements Greeter {

	private final RestClient restClient;

	InitializedRestClientGreeter(@ServiceUser ServiceUserHttpRequestInitializer initializer,
			HttpClientSettings settings, @Value("${greeting.url}") String url) {
		this.restClient = RestClient.builder()
			.baseUrl(url)
			.requestFactory(
					ClientHttpRequestFactoryBuilder.detect().build(settings.withRedirects(HttpRedirects.DONT_FOLLOW)))
			.requestInitializer(initializer)
			.build();
	}

	@Override
	public @Nullable String greet() {
		return this.restClient.get().retrieve().body(String.class);
	}

}
