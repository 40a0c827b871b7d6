// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import java.net.URI;

import io.github.zitadelserviceuser.ServiceUser;

import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/**
 * The invoices, as an HTTP service of a named user, with a method of the other's.
 */
@ServiceUser("billing")
@HttpExchange
public interface InvoiceApi {

	/**
	 * Get an invoice.
	 * @param url where it is
	 * @return the invoice
	 */
	@GetExchange
	String invoice(URI url);

	/**
	 * Get what is not billing's.
	 * @param url where it is
	 * @return what is there
	 */
	@ServiceUser
	@GetExchange
	String greeting(URI url);

}
