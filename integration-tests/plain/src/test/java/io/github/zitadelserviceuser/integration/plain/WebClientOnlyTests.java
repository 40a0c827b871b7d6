// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.plain;

import io.github.zitadelserviceuser.ServiceUser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Has the WebClient alone: neither Boot's module for the RestClient nor Spring Security.
 */
class WebClientOnlyTests extends OneClientContract {

	WebClientOnlyTests() {
		super(WebClientOfUser.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.restclient.RestClientCustomizer",
			"org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider", "io.grpc.Channel" })
	void startThenClassIsNotThere(String name) {
		assertThat(ClassUtils.isPresent(name, getClass().getClassLoader())).isFalse();
	}

	record WebClientOfUser(@ServiceUser WebClient client) implements Client {

		@Override
		public String get(String uri) {
			return String.valueOf(this.client.get().uri(uri).retrieve().bodyToMono(String.class).block());
		}

	}

}
