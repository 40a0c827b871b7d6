// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.ServiceUserClientHttpRequestFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestTemplate;

@Component
final class RestTemplateGreeter implements Greeter {

	private final RestTemplate restTemplate;

	private final String url;

	RestTemplateGreeter(@ServiceUser ServiceUserClientHttpRequestFactory requestFactory,
			@Value("${greeting.url}") String url) {
		this.restTemplate = new RestTemplate(requestFactory);
		this.url = url;
	}

	@Override
	public @Nullable String greet() {
		return this.restTemplate.getForObject(this.url, String.class);
	}

}
