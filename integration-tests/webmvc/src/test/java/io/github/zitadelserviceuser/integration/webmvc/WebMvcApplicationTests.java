// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.webmvc;

import io.github.zitadelserviceuser.integration.OpenApplicationContract;

import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.reactive.JdkClientHttpConnectorBuilder;

class WebMvcApplicationTests extends OpenApplicationContract {

	WebMvcApplicationTests() {
		super(WebMvcApplication.class, JdkClientHttpRequestFactoryBuilder.class, JdkClientHttpConnectorBuilder.class);
	}

}
