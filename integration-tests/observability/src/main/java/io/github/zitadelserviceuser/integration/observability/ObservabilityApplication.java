// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.observability;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An MVC application with the starter, Boot's actuator and a registry for Prometheus.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class ObservabilityApplication {

	/**
	 * Runs the application.
	 * @param args command-line arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(ObservabilityApplication.class, args);
	}

}
