// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Starts a small application for real, failure analysis and all.
 */
final class RealApplication {

	private final SpringApplication application = new SpringApplication(Sources.class);

	private RealApplication() {
		this.application.setWebApplicationType(WebApplicationType.NONE);
	}

	static ConfigurableApplicationContext start(Map<String, String> properties, Class<?>... sources) {
		SpringApplication application = new RealApplication().application;
		application.addPrimarySources(List.of(sources));
		return application.run(properties.entrySet()
			.stream()
			.map((property) -> "--zitadel.service-user." + property.getKey() + "=" + property.getValue())
			.toArray(String[]::new));
	}

	/**
	 * Start it with nothing but environment variables.
	 */
	static ConfigurableApplicationContext startWithVariables(Map<String, String> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new HashMap<>(variables)));
		SpringApplication application = new RealApplication().application;
		application.setEnvironment(environment);
		return application.run();
	}

	@ImportAutoConfiguration({ HttpClientAutoConfiguration.class, ImperativeHttpClientAutoConfiguration.class,
			RestClientAutoConfiguration.class, ZitadelServiceUserAutoConfiguration.class,
			ZitadelServiceUserRestClientAutoConfiguration.class,
			ZitadelServiceUserVerificationAutoConfiguration.class })
	static class Sources {

	}

}
