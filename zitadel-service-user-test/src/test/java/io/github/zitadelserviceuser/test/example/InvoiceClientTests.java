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

import io.github.zitadelserviceuser.test.AutoConfigureServiceUserToken;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.restclient.test.autoconfigure.RestClientTest;
import org.springframework.http.MediaType;
import org.springframework.test.web.client.MockRestServiceServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.header;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

/**
 * A client tested without any server.
 */
@RestClientTest(components = InvoiceClient.class, properties = "zitadel.service-user.allowed-hosts=api.example.com")
@AutoConfigureServiceUserToken
class InvoiceClientTests {

	@Autowired
	MockRestServiceServer server;

	@Autowired
	InvoiceClient client;

	@Test
	void invoiceWhenAskedForThenIsFetchedAsTheServiceUser() {
		this.server.expect(requestTo("https://api.example.com/invoices/7"))
			.andExpect(header("Authorization", "Bearer test-token"))
			.andRespond(withSuccess("seven", MediaType.TEXT_PLAIN));
		assertThat(this.client.invoice(7)).isEqualTo("seven");
		this.server.verify();
	}

}
