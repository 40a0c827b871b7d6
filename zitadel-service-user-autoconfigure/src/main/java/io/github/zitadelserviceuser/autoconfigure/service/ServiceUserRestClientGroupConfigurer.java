// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.service;

import java.util.Map;
import java.util.function.Function;

import io.github.zitadelserviceuser.client.ServiceUserClientHttpRequestFactory;
import io.github.zitadelserviceuser.user.ServiceUsers;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.registry.HttpServiceGroup;

/**
 * Authorizes HTTP services that call by a {@link RestClient}. It comes last, so that
 * nobody replaces the request factory, which authorizes and follows no redirects. A group
 * of which nothing is authorized is left alone.
 *
 * @since 0.1.0
 */
public final class ServiceUserRestClientGroupConfigurer implements RestClientHttpServiceGroupConfigurer {

	private final ServiceUserHttpServices services;

	private final ServiceUsers users;

	private final Function<String, ClientHttpRequestFactory> requestFactory;

	/**
	 * Create a new configurer.
	 * @param services which services to authorize
	 * @param users the service users
	 * @param requestFactory makes a request factory that follows no redirects, by the
	 * name of the group
	 */
	ServiceUserRestClientGroupConfigurer(ServiceUserHttpServices services, ServiceUsers users,
			Function<String, ClientHttpRequestFactory> requestFactory) {
		this.services = services;
		this.users = users;
		this.requestFactory = requestFactory;
	}

	@Override
	public void configureGroups(Groups<RestClient.Builder> groups) {
		groups.forEachGroup(this::configure);
	}

	/**
	 * Return what makes the requests of a group, for those who replace its request
	 * factory after this has: for a test, for instance.
	 * @param group the group
	 * @param requestFactory what makes the requests that are sent, which must not follow
	 * redirects
	 * @return a request factory that authorizes what is to be authorized of the group
	 */
	public ClientHttpRequestFactory authorizing(HttpServiceGroup group, ClientHttpRequestFactory requestFactory) {
		String user = this.services.userOf(group);
		if (user != null) {
			return this.users.get(user).requestFactory(requestFactory);
		}
		ServiceUserMethods methods = ServiceUserMethods.of(group);
		return methods.isEmpty() ? requestFactory : ifMarked(methods, requestFactory);
	}

	private void configure(HttpServiceGroup group, RestClient.Builder client, HttpServiceProxyFactory.Builder proxies) {
		if (this.services.userOf(group) == null) {
			ServiceUserMethods methods = ServiceUserMethods.of(group);
			if (methods.isEmpty()) {
				return;
			}
			proxies.httpRequestValuesProcessor(methods);
		}
		client.requestFactory(authorizing(group, this.requestFactory.apply(group.name())));
	}

	private ClientHttpRequestFactory ifMarked(ServiceUserMethods methods, ClientHttpRequestFactory requestFactory) {
		Map<String, ServiceUserClientHttpRequestFactory> byUser = methods
			.byUser((user) -> this.users.get(user).requestFactory(requestFactory));
		return ServiceUserClientHttpRequestFactory.choosing(requestFactory, (request) -> {
			String user = ServiceUserMethods.userOf(request.getAttributes());
			return (user != null) ? byUser.get(user) : null;
		});
	}

}
