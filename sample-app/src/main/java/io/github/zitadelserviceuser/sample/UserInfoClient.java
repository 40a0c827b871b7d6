// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample;

import io.github.zitadelserviceuser.ServiceUser;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Asks ZITADEL who the service user is.
 */
@Component
class UserInfoClient {

	private final WebClient webClient;

	UserInfoClient(@ServiceUser WebClient webClient) {
		this.webClient = webClient;
	}

	Mono<UserInfo> userInfo() {
		return this.webClient.get().uri("/oidc/v1/userinfo").retrieve().bodyToMono(UserInfo.class);
	}

}
