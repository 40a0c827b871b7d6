// SPDX-License-Identifier: Apache-2.0

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
