// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.time.Duration;

import io.github.zitadelserviceuser.ServiceUser;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The orders, for callers who would rather wait than fail.
 */
@Service
class PatientOrders {

	private final RestClient restClient;

	private final WebClient webClient;

	private final String url;

	PatientOrders(@ServiceUser RestClient restClient, @ServiceUser WebClient webClient,
			@Value("${orders.url}") String url) {
		this.restClient = restClient;
		this.webClient = webClient;
		this.url = url;
	}

	@Retryable(predicate = PassingFailure.class, maxRetries = 3, delay = 1000, multiplier = 2)
	Order order(String id) {
		return this.restClient.get().uri(this.url + "/orders/{id}", id).retrieve().requiredBody(Order.class);
	}

	Mono<Order> reactiveOrder(String id) {
		return this.webClient.get()
			.uri(this.url + "/orders/{id}", id)
			.retrieve()
			.bodyToMono(Order.class)
			.retryWhen(Retry.backoff(3, Duration.ofSeconds(1)).filter(PassingFailure::isPassing));
	}

}
