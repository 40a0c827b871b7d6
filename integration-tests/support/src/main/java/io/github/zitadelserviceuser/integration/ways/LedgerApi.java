// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/**
 * The ledger, as an HTTP service by {@code RestClient} whose group a property gives to a
 * named user.
 */
@HttpExchange
interface LedgerApi {

	@GetExchange("/greeting")
	String entry();

}
