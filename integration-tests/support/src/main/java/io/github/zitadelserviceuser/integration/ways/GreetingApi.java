// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import io.github.zitadelserviceuser.ServiceUser;

import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/**
 * The greetings, as an HTTP service that is annotated.
 */
@ServiceUser
@HttpExchange
public interface GreetingApi {

	/**
	 * Get a greeting.
	 * @return the greeting
	 */
	@GetExchange("/greeting")
	String greeting();

}
