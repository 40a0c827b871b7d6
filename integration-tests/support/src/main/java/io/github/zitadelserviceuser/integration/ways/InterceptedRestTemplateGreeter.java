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
import org.springframework.web.client.RestTemplate;

@Component
final class InterceptedRestTemplateGreeter implements Greeter {

	private final RestTemplate restTemplate;

	private final String url;

	InterceptedRestTemplateGreeter(@ServiceUser ServiceUserHttpRequestInterceptor interceptor,
			HttpClientSettings settings, @Value("${greeting.url}") String url) {
		this.restTemplate = new RestTemplate(
				ClientHttpRequestFactoryBuilder.detect().build(settings.withRedirects(HttpRedirects.DONT_FOLLOW)));
		this.restTemplate.getInterceptors().add(interceptor);
		this.url = url;
	}

	@Override
	public @Nullable String greet() {
		return this.restTemplate.getForObject(this.url, String.class);
	}

}
