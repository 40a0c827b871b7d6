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
import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

@Component
final class OwnWebClientGreeter implements Greeter {

	private final WebClient webClient;

	OwnWebClientGreeter(WebClient.Builder builder, @ServiceUser ServiceUserExchangeFilterFunction filter,
			ClientHttpConnectorBuilder<?> connector, HttpClientSettings settings,
			@Value("${greeting.url}") String url) {
		this.webClient = builder.baseUrl(url)
			.clientConnector(connector.build(settings.withRedirects(HttpRedirects.DONT_FOLLOW)))
			.filter(filter)
			.build();
	}

	@Override
	public @Nullable String greet() {
		return this.webClient.get().retrieve().bodyToMono(String.class).block();
	}

}
