/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
