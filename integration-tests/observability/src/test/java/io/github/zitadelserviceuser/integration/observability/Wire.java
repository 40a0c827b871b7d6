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

package io.github.zitadelserviceuser.integration.observability;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;

/**
 * Makes the connections of the application, and remembers the assertions that it sends.
 */
final class Wire implements ClientHttpRequestFactoryBuilder<ClientHttpRequestFactory> {

	private static final String PARAMETER = "assertion=";

	private final List<String> assertions = new CopyOnWriteArrayList<>();

	@Override
	public ClientHttpRequestFactory build(HttpClientSettings settings) {
		return new InterceptingClientHttpRequestFactory(ClientHttpRequestFactoryBuilder.jdk().build(settings),
				List.of(this::send));
	}

	List<String> assertions() {
		return this.assertions;
	}

	private ClientHttpResponse send(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		for (String parameter : new String(body, StandardCharsets.US_ASCII).split("&")) {
			if (parameter.startsWith(PARAMETER)) {
				this.assertions.add(URLDecoder.decode(parameter.substring(PARAMETER.length()), StandardCharsets.UTF_8));
			}
		}
		return execution.execute(request, body);
	}

}
