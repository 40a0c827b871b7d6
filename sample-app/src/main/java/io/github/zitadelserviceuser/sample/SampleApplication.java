// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample;

import io.github.zitadelserviceuser.sample.standin.StandIn;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Shows the life of the token at {@code http://localhost:8080/}, and who the service user
 * is at {@code /userinfo}. Without an issuer it runs against a {@link StandIn} for
 * ZITADEL.
 */
@SpringBootApplication
public class SampleApplication {

	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(SampleApplication.class);
		application.addListeners(new StandIn());
		application.run(args);
	}

}
