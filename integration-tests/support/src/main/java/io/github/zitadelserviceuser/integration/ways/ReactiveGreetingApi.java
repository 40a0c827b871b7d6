// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import reactor.core.publisher.Mono;

import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/**
 * The greetings, as an HTTP service whose group is named in a property.
 */
@HttpExchange
public interface ReactiveGreetingApi {

	/**
	 * Get a greeting.
	 * @return the greeting
	 */
	@GetExchange("/greeting")
	Mono<String> greeting();

}
