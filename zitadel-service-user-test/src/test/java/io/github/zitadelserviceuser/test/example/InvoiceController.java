// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test.example;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows an invoice that lives elsewhere.
 */
@RestController
class InvoiceController {

	private final InvoiceClient client;

	InvoiceController(InvoiceClient client) {
		this.client = client;
	}

	@GetMapping("/invoices/{number}")
	String invoice(@PathVariable int number) {
		return this.client.invoice(number);
	}

}
