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

import io.github.zitadelserviceuser.ServiceUser;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Asks ZITADEL who the service user is.
 */
@Component
class UserInfoClient {

	private final WebClient webClient;

	private final String issuer;

	UserInfoClient(@ServiceUser WebClient webClient, @Value("${zitadel.service-user.issuer-uri}") String issuer) {
		this.webClient = webClient;
		this.issuer = issuer;
	}

	Mono<UserInfo> userInfo() {
		return this.webClient.get().uri(this.issuer + "/oidc/v1/userinfo").retrieve().bodyToMono(UserInfo.class);
	}

}
