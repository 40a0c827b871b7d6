// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.token.TokenRequestException;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.RequestHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter.ResponseHttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchangeHandlerFunction;
import org.springframework.cloud.gateway.server.mvc.handler.RestClientProxyExchange;
import org.springframework.cloud.gateway.server.mvc.predicate.GatewayRequestPredicates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Routes of a gateway, one of which leads to where the service user may go.
 */
@Configuration(proxyBeanMethods = false)
class GatewayConfiguration {

	@Bean(defaultCandidate = false)
	ProxyExchangeHandlerFunction asServiceUser(@ServiceUser RestClient restClient, GatewayMvcProperties gateway,
			ObjectProvider<RequestHttpHeadersFilter> requestHeaders,
			ObjectProvider<ResponseHttpHeadersFilter> responseHeaders) {
		return new ProxyExchangeHandlerFunction(new RestClientProxyExchange(restClient, gateway), requestHeaders,
				responseHeaders);
	}

	@Bean
	RouterFunction<ServerResponse> ordersRoute(@Qualifier("asServiceUser") ProxyExchangeHandlerFunction asServiceUser,
			@Value("${orders.url}") String url) {
		return GatewayRouterFunctions.route("orders")
			.route(GatewayRequestPredicates.path("/orders/**"), asServiceUser)
			.before(BeforeFilterFunctions.uri(url))
			.before(BeforeFilterFunctions.removeRequestHeader(HttpHeaders.AUTHORIZATION))
			.onError(TokenRequestException.class,
					(failure, request) -> ServerResponse.status(HttpStatus.SERVICE_UNAVAILABLE).build())
			.build();
	}

	@Bean
	RouterFunction<ServerResponse> publicRoute(@Value("${orders.url}") String url) {
		return GatewayRouterFunctions.route("public")
			.route(GatewayRequestPredicates.path("/public/**"), HandlerFunctions.http())
			.before(BeforeFilterFunctions.uri(url))
			.build();
	}

}
