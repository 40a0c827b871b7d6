// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.restclient;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Has the RestClient alone: neither WebFlux nor Spring Security.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class RestClientApplication {

	/**
	 * Runs the application.
	 * @param args command-line arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(RestClientApplication.class, args);
	}

}
