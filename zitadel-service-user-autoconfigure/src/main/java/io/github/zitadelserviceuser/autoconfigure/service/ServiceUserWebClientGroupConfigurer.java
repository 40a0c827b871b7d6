// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.service;

import java.util.Map;
import java.util.function.Function;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.registry.HttpServiceGroup;

/**
 * Authorizes HTTP services that call by a {@link WebClient}. It comes last, so that the
 * filter sees the URL which is really called, and so that nobody replaces the connector
 * by one that follows redirects. A group of which nothing is authorized is left alone.
 */
final class ServiceUserWebClientGroupConfigurer implements WebClientHttpServiceGroupConfigurer {

	private final ServiceUserHttpServices services;

	private final Function<String, ? extends ExchangeFilterFunction> filters;

	private final Function<String, ClientHttpConnector> connector;

	/**
	 * Create a new configurer.
	 * @param services which services to authorize
	 * @param filters what authorizes a request, by the name of the service user
	 * @param connector makes a connector that follows no redirects, by the name of the
	 * group
	 */
	ServiceUserWebClientGroupConfigurer(ServiceUserHttpServices services,
			Function<String, ? extends ExchangeFilterFunction> filters,
			Function<String, ClientHttpConnector> connector) {
		this.services = services;
		this.filters = filters;
		this.connector = connector;
	}

	@Override
	public void configureGroups(Groups<WebClient.Builder> groups) {
		groups.forEachGroup(this::configure);
	}

	private void configure(HttpServiceGroup group, WebClient.Builder client, HttpServiceProxyFactory.Builder proxies) {
		String user = this.services.userOf(group);
		if (user != null) {
			authorize(group, client, this.filters.apply(user));
			return;
		}
		ServiceUserMethods methods = ServiceUserMethods.of(group);
		if (!methods.isEmpty()) {
			proxies.httpRequestValuesProcessor(methods);
			authorize(group, client, ifMarked(methods.byUser(this.filters)));
		}
	}

	private void authorize(HttpServiceGroup group, WebClient.Builder client, ExchangeFilterFunction filter) {
		client.clientConnector(this.connector.apply(group.name())).filter(filter);
	}

	private static ExchangeFilterFunction ifMarked(Map<String, ExchangeFilterFunction> byUser) {
		return (request, next) -> {
			String user = ServiceUserMethods.userOf(request.attributes());
			ExchangeFilterFunction ours = (user != null) ? byUser.get(user) : null;
			return (ours != null) ? ours.filter(request, next) : next.exchange(request);
		};
	}

}
