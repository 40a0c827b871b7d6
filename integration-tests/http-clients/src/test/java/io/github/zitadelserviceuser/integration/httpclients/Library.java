// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Clients;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The libraries that can make the requests of a client, the blocking and the reactive.
 */
enum Library {

	BLOCKING_JDK, BLOCKING_REACTOR, BLOCKING_HTTP_COMPONENTS, BLOCKING_JETTY, BLOCKING_SIMPLE, REACTIVE_JDK,
	REACTIVE_REACTOR, REACTIVE_HTTP_COMPONENTS, REACTIVE_JETTY;

	boolean isReactive() {
		return name().startsWith("REACTIVE");
	}

	/**
	 * The value of the property that selects it.
	 */
	String property() {
		return name().substring(name().indexOf('_') + 1).toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Start an application whose clients are made with this library.
	 */
	ConfigurableApplicationContext start(FakeZitadel zitadel, String... properties) {
		return start(zitadel, new Class<?>[0], properties);
	}

	ConfigurableApplicationContext start(FakeZitadel zitadel, Class<?>[] configurations, String... properties) {
		Map<String, Object> all = new HashMap<>(properties());
		all.put("zitadel.service-user.issuer-uri", zitadel.issuer());
		all.put("zitadel.service-user.key-location", zitadel.serviceUser().key().keyFile().toString());
		for (String property : properties) {
			all.put(property.substring(0, property.indexOf('=')), property.substring(property.indexOf('=') + 1));
		}
		return new SpringApplicationBuilder(HttpClientsApplication.class, Clients.class).sources(configurations)
			.properties(all)
			.run();
	}

	/**
	 * What selects this library.
	 */
	Map<String, String> properties() {
		// Reactor Netty would wait two seconds at each end.
		return Map.of("spring.main.banner-mode", "off", "spring.reactor.netty.shutdown-quiet-period", "0s",
				isReactive() ? "spring.http.clients.reactive.connector" : "spring.http.clients.imperative.factory",
				property());
	}

	/**
	 * Call with the client of the service user.
	 */
	ResponseEntity<String> call(ConfigurableApplicationContext application, HttpMethod method, URI uri,
			HttpHeaders headers, String body) {
		Clients clients = application.getBean(Clients.class);
		return isReactive() ? call(clients.webClient(), (client) -> client.method(method).uri(uri), headers, body)
				: blocking(clients.restClient(), (client) -> client.method(method).uri(uri), headers, body);
	}

	ResponseEntity<String> get(ConfigurableApplicationContext application, String uriTemplate, Object... variables) {
		Clients clients = application.getBean(Clients.class);
		return isReactive()
				? call(clients.webClient(), (client) -> client.method(HttpMethod.GET).uri(uriTemplate, variables),
						HttpHeaders.EMPTY, "")
				: blocking(clients.restClient(), (client) -> client.method(HttpMethod.GET).uri(uriTemplate, variables),
						HttpHeaders.EMPTY, "");
	}

	ResponseEntity<String> get(ConfigurableApplicationContext application, URI uri) {
		return call(application, HttpMethod.GET, uri, HttpHeaders.EMPTY, "");
	}

	/**
	 * Call with a client of the application's own.
	 */
	ResponseEntity<String> getUnauthorized(ConfigurableApplicationContext application, URI uri) {
		return isReactive()
				? call(application.getBean(WebClient.Builder.class).build(),
						(client) -> client.method(HttpMethod.GET).uri(uri), HttpHeaders.EMPTY, "")
				: blocking(application.getBean(RestClient.Builder.class).build(),
						(client) -> client.method(HttpMethod.GET).uri(uri), HttpHeaders.EMPTY, "");
	}

	private static ResponseEntity<String> call(WebClient client, Function<WebClient, WebClient.RequestBodySpec> request,
			HttpHeaders headers, String body) {
		WebClient.RequestBodySpec spec = request.apply(client).headers((all) -> all.addAll(headers));
		return (body.isEmpty() ? spec : spec.bodyValue(body))
			.exchangeToMono((response) -> response.toEntity(String.class))
			.block();
	}

	private static ResponseEntity<String> blocking(RestClient client,
			Function<RestClient, RestClient.RequestBodySpec> request, HttpHeaders headers, String body) {
		RestClient.RequestBodySpec spec = request.apply(client).headers((all) -> all.addAll(headers));
		return (body.isEmpty() ? spec : spec.body(body)).retrieve().onStatus((status) -> true, (call, response) -> {
		}).toEntity(String.class);
	}

}
