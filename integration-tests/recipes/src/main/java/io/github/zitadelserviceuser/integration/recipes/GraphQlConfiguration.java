// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import io.github.zitadelserviceuser.ServiceUser;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.graphql.client.HttpGraphQlClient;
import org.springframework.graphql.client.HttpSyncGraphQlClient;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * GraphQL clients on top of those of the service user.
 */
@Configuration(proxyBeanMethods = false)
class GraphQlConfiguration {

	@Bean
	HttpSyncGraphQlClient ordersGraphQl(@ServiceUser RestClient restClient, @Value("${orders.url}") String url) {
		return HttpSyncGraphQlClient.builder(restClient).url(url + "/graphql").build();
	}

	@Bean
	HttpGraphQlClient reactiveOrdersGraphQl(@ServiceUser WebClient webClient, @Value("${orders.url}") String url) {
		return HttpGraphQlClient.builder(webClient).url(url + "/graphql").build();
	}

}
