// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.security;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An MVC application that has a login of its own, for people, and the starter.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class SecurityApplication {

	/**
	 * Runs the application.
	 * @param args command-line arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(SecurityApplication.class, args);
	}

}
