// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test.example;

import java.util.Map;
import java.util.Objects;

import io.github.zitadelserviceuser.ServiceUser;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Asks ZITADEL as whom the application calls out.
 */
@Component
public class WhoAmI {

	private final RestClient restClient;

	WhoAmI(@ServiceUser RestClient restClient) {
		this.restClient = restClient;
	}

	public String userName() {
		Map<String, Object> userInfo = this.restClient.get()
			.uri("/oidc/v1/userinfo")
			.retrieve()
			.body(new ParameterizedTypeReference<>() {
			});
		return Objects.requireNonNull(userInfo).get("preferred_username").toString();
	}

}
