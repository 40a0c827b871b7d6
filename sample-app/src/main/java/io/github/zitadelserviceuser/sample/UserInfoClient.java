// SPDX-License-Identifier: Apache-2.0

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
