// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test.example;

import io.github.zitadelserviceuser.ServiceUser;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Calls an API as the service user, without blocking.
 */
@Component
class StatusClient {

	private final WebClient webClient;

	StatusClient(@ServiceUser WebClient webClient) {
		this.webClient = webClient;
	}

	Mono<String> status(String api) {
		return this.webClient.get().uri(api + "/status").retrieve().bodyToMono(String.class);
	}

}
