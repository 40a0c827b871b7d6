// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.webflux;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A WebFlux application with the starter.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class WebFluxApplication {

	/**
	 * Runs the application.
	 * @param args command-line arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(WebFluxApplication.class, args);
	}

}
