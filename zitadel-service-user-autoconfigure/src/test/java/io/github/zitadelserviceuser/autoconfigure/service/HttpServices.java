// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.service;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.autoconfigure.OpenServer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.service.ReactiveHttpServiceClientAutoConfiguration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.ImportHttpServices;

/**
 * HTTP services by both kinds of client.
 */
public enum HttpServices {

	BY_REST_CLIENT(RestClientServices.class, UnknownRestClientServices.class),
	BY_WEB_CLIENT(WebClientServices.class, UnknownWebClientServices.class);

	private final Class<?> configuration;

	private final Class<?> unknown;

	HttpServices(Class<?> configuration, Class<?> unknown) {
		this.configuration = configuration;
		this.unknown = unknown;
	}

	/**
	 * An application with the groups {@code api} and {@code other}.
	 */
	ApplicationContextRunner of(ApplicationContextRunner runner, OpenServer server) {
		return withBoots(runner).withUserConfiguration(this.configuration)
			.withPropertyValues("zitadel.service-user.allowed-hosts=" + server.authority(),
					"spring.http.serviceclient.api.base-url=" + server.url(""),
					"spring.http.serviceclient.other.base-url=" + server.url(""));
	}

	/**
	 * The same, and one that calls out as a service user whom nobody has described.
	 */
	ApplicationContextRunner ofUnknown(ApplicationContextRunner runner, OpenServer server) {
		return of(runner, server).withUserConfiguration(this.unknown);
	}

	static ApplicationContextRunner withBoots(ApplicationContextRunner runner) {
		return runner.withConfiguration(AutoConfigurations.of(HttpServiceClientPropertiesAutoConfiguration.class,
				HttpServiceClientAutoConfiguration.class, ReactiveHttpServiceClientAutoConfiguration.class,
				ZitadelServiceUserHttpServiceClientAutoConfiguration.class,
				ZitadelServiceUserReactiveHttpServiceClientAutoConfiguration.class));
	}

	@ImportHttpServices(group = "api",
			types = { AnnotatedApi.class, MixedApi.class, PlainApi.class, InheritingApi.class },
			clientType = HttpServiceGroup.ClientType.REST_CLIENT)
	@ImportHttpServices(group = "other", types = OtherApi.class, clientType = HttpServiceGroup.ClientType.REST_CLIENT)
	static class RestClientServices {

	}

	@ImportHttpServices(group = "api",
			types = { AnnotatedApi.class, MixedApi.class, PlainApi.class, InheritingApi.class },
			clientType = HttpServiceGroup.ClientType.WEB_CLIENT)
	@ImportHttpServices(group = "other", types = OtherApi.class, clientType = HttpServiceGroup.ClientType.WEB_CLIENT)
	static class WebClientServices {

	}

	@ImportHttpServices(group = "unknown", types = UnknownApi.class,
			clientType = HttpServiceGroup.ClientType.REST_CLIENT)
	static class UnknownRestClientServices {

	}

	@ImportHttpServices(group = "unknown", types = UnknownApi.class,
			clientType = HttpServiceGroup.ClientType.WEB_CLIENT)
	static class UnknownWebClientServices {

	}

	@ServiceUser
	interface AnnotatedApi {

		@GetExchange("/")
		String get();

		@GetExchange("/redirect")
		ResponseEntity<Void> redirect();

	}

	interface MixedApi {

		@ServiceUser
		@GetExchange("/")
		String authorized();

		@GetExchange("/")
		String plain();

	}

	@ServiceUser("nobody")
	interface UnknownApi {

		@GetExchange("/")
		String get();

	}

	interface PlainApi {

		@GetExchange("/")
		String get();

	}

	interface BaseApi {

		@GetExchange("/")
		String inherited();

	}

	@ServiceUser
	interface InheritingApi extends BaseApi {

	}

	interface OtherApi extends BaseApi {

		@GetExchange("/redirect")
		ResponseEntity<Void> redirect();

	}

}
