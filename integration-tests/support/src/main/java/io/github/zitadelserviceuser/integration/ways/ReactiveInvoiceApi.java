// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import java.net.URI;

import io.github.zitadelserviceuser.ServiceUser;
import reactor.core.publisher.Mono;

import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/**
 * The invoices, as an HTTP service by {@code WebClient} each method of which says as whom
 * it calls, or as nobody.
 */
@HttpExchange
public interface ReactiveInvoiceApi {

	/**
	 * Get an invoice.
	 * @param url where it is
	 * @return the invoice
	 */
	@ServiceUser("billing")
	@GetExchange
	Mono<String> invoice(URI url);

	/**
	 * Get what is not billing's.
	 * @param url where it is
	 * @return what is there
	 */
	@ServiceUser
	@GetExchange
	Mono<String> greeting(URI url);

	/**
	 * Get what anybody may see.
	 * @param url where it is
	 * @return what is there
	 */
	@GetExchange
	Mono<String> notice(URI url);

}
