// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.plain;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * A non-web application with the starter.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class PlainApplication {

	/**
	 * Runs the application.
	 * @param args command-line arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(PlainApplication.class, args);
	}

}
