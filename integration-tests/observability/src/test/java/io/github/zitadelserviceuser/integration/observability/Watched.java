// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.observability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Clients;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The application with all of its endpoints open to everybody.
 */
final class Watched implements AutoCloseable {

	private static final Pattern LINK = Pattern.compile("\"href\":\"([^\"{]+)\"");

	private final ConfigurableApplicationContext context;

	private Watched(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static Watched start(FakeZitadel zitadel, String keyLocation, String... properties) {
		List<String> arguments = new ArrayList<>(List.of("server.port=0", "spring.main.banner-mode=off",
				"management.endpoints.web.exposure.include=*", "management.endpoint.env.show-values=always",
				"management.endpoint.configprops.show-values=always", "management.endpoint.health.show-details=always",
				"zitadel.service-user.issuer-uri=" + zitadel.issuer(),
				"zitadel.service-user.key-location=" + keyLocation));
		arguments.addAll(List.of(properties));
		return new Watched(new SpringApplication(ObservabilityApplication.class, Clients.class, Watchers.class)
			.run(arguments.stream().map((property) -> "--" + property).toArray(String[]::new)));
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	String get(String path) {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		return get(URI.create("http://localhost:" + port + path));
	}

	/**
	 * What every endpoint shows, but those that show the memory or the log.
	 */
	Map<String, String> endpoints() {
		Map<String, String> shown = new TreeMap<>();
		LINK.matcher(get("/actuator"))
			.results()
			.map((link) -> link.group(1))
			.filter((link) -> !link.endsWith("heapdump") && !link.endsWith("logfile"))
			.forEach((link) -> shown.put(link.substring(link.lastIndexOf('/') + 1), get(URI.create(link))));
		return shown;
	}

	private static String get(URI uri) {
		try {
			HttpResponse<String> response = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
			return response.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Who looks on.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Watchers {

		@Bean
		Wire wire() {
			return new Wire();
		}

		@Bean
		Observations observations() {
			return new Observations();
		}

	}

}
