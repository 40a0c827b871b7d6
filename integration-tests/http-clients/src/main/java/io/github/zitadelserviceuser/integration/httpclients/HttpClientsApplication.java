// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Has every HTTP client library that Boot can detect; a property selects one.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class HttpClientsApplication {

	/**
	 * Runs the application.
	 * @param args command-line arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(HttpClientsApplication.class, args);
	}

}
