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
import org.mockito.BDDMockito;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A controller tested without the client behind it.
 */
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
