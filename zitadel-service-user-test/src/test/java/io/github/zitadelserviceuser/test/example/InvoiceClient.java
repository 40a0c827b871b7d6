/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zitadelserviceuser.test.example;

import io.github.zitadelserviceuser.ServiceUser;

import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Calls an API as the service user.
 */
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
