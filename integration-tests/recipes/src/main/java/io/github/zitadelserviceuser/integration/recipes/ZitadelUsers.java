// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import java.util.List;
import java.util.Map;

import io.github.zitadelserviceuser.ServiceUser;

import org.springframework.stereotype.Service;
import org.springframework.web.client.RestClient;

/**
 * Users of the ZITADEL instance, by its REST API.
 */
@Service
class ZitadelUsers {

	private final RestClient restClient;

	ZitadelUsers(@ServiceUser RestClient restClient) {
		this.restClient = restClient;
	}

	List<User> search(String userName) {
		return this.restClient.post()
			.uri("/v2/users")
			.body(Map.of("query", Map.of("limit", 100), "queries",
					List.of(Map.of("userNameQuery", Map.of("userName", userName)))))
			.retrieve()
			.requiredBody(Users.class)
			.result();
	}

	record Users(List<User> result) {
	}

	record User(String userId, String username, String state) {
	}

}
