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

package io.github.zitadelserviceuser.test.example;

import java.util.Map;
import java.util.Objects;

import io.github.zitadelserviceuser.ServiceUser;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Asks ZITADEL as whom the application calls out.
 */
@Component
public class WhoAmI {

	private final RestClient restClient;

	private final String issuer;

	WhoAmI(@ServiceUser RestClient restClient, @Value("${zitadel.service-user.issuer-uri}") String issuer) {
		this.restClient = restClient;
		this.issuer = issuer;
	}

	public String userName() {
		Map<String, Object> userInfo = this.restClient.get()
			.uri(this.issuer + "/oidc/v1/userinfo")
			.retrieve()
			.body(new ParameterizedTypeReference<>() {
			});
		return Objects.requireNonNull(userInfo).get("preferred_username").toString();
	}

}
