// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.webmvc;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An MVC application with the starter.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class WebMvcApplication {

	/**
	 * Runs the application.
	 * @param args command-line arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(WebMvcApplication.class, args);
	}

}
