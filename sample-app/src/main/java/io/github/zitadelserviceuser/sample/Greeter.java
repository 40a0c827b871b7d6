// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Says in one line as whom the application authenticated, or why it could not.
 */
@Component
class Greeter {

	private static final Log logger = LogFactory.getLog(Greeter.class);

	private final UserInfoClient client;

	private final String issuer;

	Greeter(UserInfoClient client, @Value("${zitadel.service-user.issuer-uri}") String issuer) {
		this.client = client;
		this.issuer = issuer;
	}

	@EventListener(ApplicationReadyEvent.class)
	void greet() {
		this.client.userInfo()
			.subscribe(
					(userInfo) -> logger.info("Authenticated at " + this.issuer + " as service user '"
							+ userInfo.preferredUsername() + "' (" + userInfo.sub() + ")"),
					(ex) -> logger.error("Not authenticated at " + this.issuer + ": " + ex.getMessage()));
	}

}
