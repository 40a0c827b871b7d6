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

package io.github.zitadelserviceuser.grant;

import java.time.Duration;
import java.util.function.UnaryOperator;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.web.client.RestClient;

/**
 * The HTTP clients that an application may have, set up as the auto-configuration does.
 */
enum HttpClientKind {

	JDK(ClientHttpRequestFactoryBuilder.jdk()),

	SIMPLE(ClientHttpRequestFactoryBuilder.simple()),

	HTTP_COMPONENTS(ClientHttpRequestFactoryBuilder.httpComponents());

	static {
		QuietLogs.quieten();
	}

	private final ClientHttpRequestFactoryBuilder<?> builder;

	HttpClientKind(ClientHttpRequestFactoryBuilder<?> builder) {
		this.builder = builder;
	}

	RestClient restClient() {
		return restClient(UnaryOperator.identity());
	}

	RestClient restClient(Duration readTimeout) {
		return restClient((settings) -> settings.withReadTimeout(readTimeout));
	}

	RestClient restClient(UnaryOperator<HttpClientSettings> changes) {
		return builder(changes).build();
	}

	RestClient.Builder builder(UnaryOperator<HttpClientSettings> changes) {
		HttpClientSettings settings = HttpClientSettings.defaults()
			.withRedirects(HttpRedirects.DONT_FOLLOW)
			.withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20));
		return RestClient.builder().requestFactory(this.builder.build(changes.apply(settings)));
	}

}
