// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import com.example.orders.api.OrdersApi;
import com.example.orders.client.ApiClient;
import io.github.zitadelserviceuser.ServiceUser;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/**
 * A client that was generated from an OpenAPI description.
 */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

	@Bean
	OrdersApi ordersApi(@ServiceUser RestClient restClient, @Value("${orders.url}") String url) {
		return new OrdersApi(new ApiClient(restClient).setBasePath(url));
	}

}
