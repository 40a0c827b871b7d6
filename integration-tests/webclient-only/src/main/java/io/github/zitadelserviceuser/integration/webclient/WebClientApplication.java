// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.webclient;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Has the WebClient alone: neither Boot's module for the RestClient nor Spring Security.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class WebClientApplication {

	/**
	 * Runs the application.
	 * @param args command-line arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(WebClientApplication.class, args);
	}

}
