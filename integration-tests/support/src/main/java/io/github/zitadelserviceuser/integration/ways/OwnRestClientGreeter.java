// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.ServiceUserClientHttpRequestFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

@Component
final class OwnRestClientGreeter implements Greeter {

	private final RestClient restClient;

	OwnRestClientGreeter(@ServiceUser ServiceUserClientHttpRequestFactory requestFactory,
			@Value("${greeting.url}") String url) {
		this.restClient = RestClient.builder().baseUrl(url).requestFactory(requestFactory).build();
	}

	@Override
	public @Nullable String greet() {
		return this.restClient.get().retrieve().body(String.class);
	}

}
