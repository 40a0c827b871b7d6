// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.service;

import java.util.Map;
import java.util.function.Function;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.registry.HttpServiceGroup;

/**
 * Authorizes HTTP services that call by a {@link RestClient}. It comes last, so that the
 * interceptor sees the URL which is really called, and so that nobody replaces the
 * request factory by one that follows redirects. A group of which nothing is authorized
 * is left alone.
 */
final class ServiceUserRestClientGroupConfigurer implements RestClientHttpServiceGroupConfigurer {

	private final ServiceUserHttpServices services;

	private final Function<String, ? extends ClientHttpRequestInterceptor> interceptors;

	private final Function<String, ClientHttpRequestFactory> requestFactory;

	/**
	 * Create a new configurer.
	 * @param services which services to authorize
	 * @param interceptors what authorizes a request, by the name of the service user
	 * @param requestFactory makes a request factory that follows no redirects, by the
	 * name of the group
	 */
	ServiceUserRestClientGroupConfigurer(ServiceUserHttpServices services,
			Function<String, ? extends ClientHttpRequestInterceptor> interceptors,
			Function<String, ClientHttpRequestFactory> requestFactory) {
		this.services = services;
		this.interceptors = interceptors;
		this.requestFactory = requestFactory;
	}

	@Override
	public void configureGroups(Groups<RestClient.Builder> groups) {
		groups.forEachGroup(this::configure);
	}

	private void configure(HttpServiceGroup group, RestClient.Builder client, HttpServiceProxyFactory.Builder proxies) {
		String user = this.services.userOf(group);
		if (user != null) {
			authorize(group, client, this.interceptors.apply(user));
			return;
		}
		ServiceUserMethods methods = ServiceUserMethods.of(group);
		if (!methods.isEmpty()) {
			proxies.httpRequestValuesProcessor(methods);
			authorize(group, client, ifMarked(methods.byUser(this.interceptors)));
		}
	}

	private void authorize(HttpServiceGroup group, RestClient.Builder client,
			ClientHttpRequestInterceptor interceptor) {
		client.requestFactory(this.requestFactory.apply(group.name())).requestInterceptor(interceptor);
	}

	private static ClientHttpRequestInterceptor ifMarked(Map<String, ClientHttpRequestInterceptor> byUser) {
		return (request, body, execution) -> {
			String user = ServiceUserMethods.userOf(request.getAttributes());
			ClientHttpRequestInterceptor ours = (user != null) ? byUser.get(user) : null;
			return (ours != null) ? ours.intercept(request, body, execution) : execution.execute(request, body);
		};
	}

}
