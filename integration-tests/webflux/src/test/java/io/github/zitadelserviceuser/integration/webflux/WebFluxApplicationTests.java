// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.webflux;

import io.github.zitadelserviceuser.integration.OpenApplicationContract;

import org.springframework.boot.http.client.ReactorClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;

class WebFluxApplicationTests extends OpenApplicationContract {

	WebFluxApplicationTests() {
		super(WebFluxApplication.class, ReactorClientHttpRequestFactoryBuilder.class,
				ReactorClientHttpConnectorBuilder.class);
	}

}
