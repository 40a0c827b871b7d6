// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/**
 * The greetings, as an HTTP service by {@code RestClient} whose group is named in a
 * property.
 */
@HttpExchange
interface PlainGreetingApi {

	@GetExchange("/greeting")
	String greeting();

}
