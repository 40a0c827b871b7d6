// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import io.github.zitadelserviceuser.ServiceUser;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

@Component
final class WebClientGreeter implements Greeter {

	private final WebClient webClient;

	private final String url;

	WebClientGreeter(@ServiceUser WebClient webClient, @Value("${greeting.url}") String url) {
		this.webClient = webClient;
		this.url = url;
	}

	Mono<String> greeting() {
		return this.webClient.get().uri(this.url).retrieve().bodyToMono(String.class);
	}

	@Override
	public @Nullable String greet() {
		return greeting().block();
	}

}
