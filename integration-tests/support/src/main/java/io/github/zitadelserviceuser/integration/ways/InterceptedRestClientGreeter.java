// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

@Component
final class InterceptedRestClientGreeter implements Greeter {

	private final RestClient restClient;

	InterceptedRestClientGreeter(@ServiceUser ServiceUserHttpRequestInterceptor interceptor,
			HttpClientSettings settings, @Value("${greeting.url}") String url) {
		this.restClient = RestClient.builder()
			.baseUrl(url)
			.requestFactory(
					ClientHttpRequestFactoryBuilder.detect().build(settings.withRedirects(HttpRedirects.DONT_FOLLOW)))
			.requestInterceptor(interceptor)
			.build();
	}

	@Override
	public @Nullable String greet() {
		return this.restClient.get().retrieve().body(String.class);
	}

}
