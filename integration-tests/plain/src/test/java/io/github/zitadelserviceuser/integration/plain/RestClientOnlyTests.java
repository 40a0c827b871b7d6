// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.plain;

import io.github.zitadelserviceuser.ServiceUser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.ClassUtils;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Has the RestClient alone: neither WebFlux nor Spring Security.
 */
class RestClientOnlyTests extends OneClientContract {

	RestClientOnlyTests() {
		super(RestClientOfUser.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.web.reactive.function.client.WebClient",
			"reactor.core.publisher.Mono", "org.springframework.boot.webclient.WebClientCustomizer",
			"org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider", "io.grpc.Channel" })
	void startThenClassIsNotThere(String name) {
		assertThat(ClassUtils.isPresent(name, getClass().getClassLoader())).isFalse();
	}

	record RestClientOfUser(@ServiceUser RestClient client) implements Client {

		@Override
		public String get(String uri) {
			return String.valueOf(this.client.get().uri(uri).retrieve().body(String.class));
		}

	}

}
