// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test.example;

import io.github.zitadelserviceuser.test.AutoConfigureServiceUserToken;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

@WebMvcTest
@AutoConfigureServiceUserToken
class InvoiceControllerTests {

	@MockitoBean
	InvoiceClient client;

	@Autowired
	MockMvcTester mvc;

	@Test
	void invoiceWhenAskedForThenComesFromTheClient() {
		BDDMockito.given(this.client.invoice(7)).willReturn("seven");
		assertThat(this.mvc.get().uri("/invoices/7")).hasStatusOk().hasBodyTextEqualTo("seven");
	}

}
