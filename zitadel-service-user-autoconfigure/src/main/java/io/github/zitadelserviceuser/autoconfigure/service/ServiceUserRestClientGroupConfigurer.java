// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.service;

import java.util.function.Function;
import java.util.function.Supplier;

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

	private final Supplier<? extends ClientHttpRequestInterceptor> interceptor;

	private final Function<String, ClientHttpRequestFactory> requestFactory;

	/**
	 * Create a new configurer.
	 * @param services which services to authorize
	 * @param interceptor authorizes a request
	 * @param requestFactory makes a request factory that follows no redirects, by the
	 * name of the group
	 */
	ServiceUserRestClientGroupConfigurer(ServiceUserHttpServices services,
			Supplier<? extends ClientHttpRequestInterceptor> interceptor,
			Function<String, ClientHttpRequestFactory> requestFactory) {
		this.services = services;
		this.interceptor = interceptor;
		this.requestFactory = requestFactory;
	}

	@Override
	public void configureGroups(Groups<RestClient.Builder> groups) {
		groups.forEachGroup(this::configure);
	}

	private void configure(HttpServiceGroup group, RestClient.Builder client, HttpServiceProxyFactory.Builder proxies) {
		if (this.services.isWholeGroup(group)) {
			authorize(group, client, this.interceptor.get());
			return;
		}
		ServiceUserMethods methods = ServiceUserMethods.of(group);
		if (!methods.isEmpty()) {
			proxies.httpRequestValuesProcessor(methods);
			authorize(group, client, ifMarked(this.interceptor.get()));
		}
	}

	private void authorize(HttpServiceGroup group, RestClient.Builder client,
			ClientHttpRequestInterceptor interceptor) {
		client.requestFactory(this.requestFactory.apply(group.name())).requestInterceptor(interceptor);
	}

	private static ClientHttpRequestInterceptor ifMarked(ClientHttpRequestInterceptor interceptor) {
		return (request, body, execution) -> ServiceUserMethods.isMarked(request.getAttributes())
				? interceptor.intercept(request, body, execution) : execution.execute(request, body);
	}

}
