// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test.example;

import io.github.zitadelserviceuser.ServiceUser;

import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

@Component
class InvoiceClient {

	private final RestClient restClient;

	InvoiceClient(@ServiceUser RestClient restClient) {
		this.restClient = restClient;
	}

	String invoice(int number) {
		return this.restClient.get()
			.uri("https://api.example.com/invoices/{number}", number)
			.retrieve()
			.body(String.class);
	}

}
