// SPDX-License-Identifier: Apache-2.0

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
