// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample;

import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows who the service user is.
 */
@RestController
class UserInfoController {

	private final UserInfoClient client;

	UserInfoController(UserInfoClient client) {
		this.client = client;
	}

	@GetMapping("/userinfo")
	Mono<UserInfo> userInfo() {
		return this.client.userInfo();
	}

}
