// SPDX-License-Identifier: Apache-2.0

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
