// SPDX-License-Identifier: Apache-2.0

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
