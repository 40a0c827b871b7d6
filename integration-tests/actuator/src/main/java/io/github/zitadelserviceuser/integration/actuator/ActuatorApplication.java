// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.actuator;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An MVC application with the actuator and the starter.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class ActuatorApplication {

	/**
	 * Runs the application.
	 * @param args command-line arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(ActuatorApplication.class, args);
	}

}
