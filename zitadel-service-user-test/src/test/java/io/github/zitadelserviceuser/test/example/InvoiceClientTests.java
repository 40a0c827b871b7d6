// SPDX-License-Identifier: Apache-2.0

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
