// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.ImportHttpServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A revoked token is replaced, whichever library the call is made by. ZITADEL answers 401
 * without a challenge.
 */
class RevokedTokenTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	@AfterEach
	void stop() {
		this.zitadel.close();
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callWhenTokenIsRevokedThenIsMadeWithAnotherOne(Library library) {
		try (ConfigurableApplicationContext application = start(library)) {
			URI userInfo = URI.create(this.zitadel.url() + "/oidc/v1/userinfo");
			assertThat(library.get(application, userInfo).getStatusCode().value()).isEqualTo(200);
			this.zitadel.revokeAllTokens();
			assertThat(library.get(application, userInfo).getStatusCode().value()).isEqualTo(200);
			this.zitadel.revokeAllTokens();
			assertThat(library.call(application, HttpMethod.POST, userInfo, HttpHeaders.EMPTY, "a=b").getStatusCode())
				.matches((status) -> status.value() == 200);
			assertThat(this.zitadel.issuedTokens()).hasSize(3);
		}
	}

	@ParameterizedTest
	@EnumSource(Library.class)
	void callOfHttpServiceWhenTokenIsRevokedThenIsMadeWithAnotherOne(Library library) {
		try (ConfigurableApplicationContext application = start(library)) {
			UserInfo userInfo = library.isReactive() ? application.getBean(ReactiveUserInfo.class)
					: application.getBean(BlockingUserInfo.class);
			assertThat(userInfo.get()).contains("sub");
			this.zitadel.revokeAllTokens();
			assertThat(userInfo.get()).contains("sub");
			this.zitadel.revokeAllTokens();
			assertThat(userInfo.post("a=b")).contains("sub");
			assertThat(this.zitadel.issuedTokens()).hasSize(3);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void requestOfUserInfoWhenTokenIsRevokedThenIsToldSo(Library library) {
		try (ConfigurableApplicationContext application = start(library)) {
			assertThatExceptionOfType(TokenRequestException.class)
				.isThrownBy(() -> application.getBean(ServiceUsers.class)
					.get("default")
					.userInfoEndpoint()
					.request(new AccessToken("revoked", Instant.now(), Instant.now().plusSeconds(60))))
				.withMessageContaining("answered with status 401")
				.withMessageContaining("does not accept it any more");
		}
	}

	private ConfigurableApplicationContext start(Library library) {
		return library.start(this.zitadel, new Class<?>[] { Application.class },
				"spring.http.serviceclient.blocking.base-url=" + this.zitadel.url(),
				"spring.http.serviceclient.reactive.base-url=" + this.zitadel.url());
	}

	@Configuration(proxyBeanMethods = false)
	@ImportHttpServices(group = "blocking", types = BlockingUserInfo.class)
	@ImportHttpServices(group = "reactive", types = ReactiveUserInfo.class,
			clientType = HttpServiceGroup.ClientType.WEB_CLIENT)
	static class Application {

		/**
		 * Replaces a token, however young it is.
		 */
		@Bean
		RefreshPolicy refreshPolicy() {
			return RefreshPolicy.defaults().withShortestHold(Duration.ZERO);
		}

	}

	interface UserInfo {

		@GetExchange("/oidc/v1/userinfo")
		String get();

		@PostExchange("/oidc/v1/userinfo")
		String post(@RequestBody String body);

	}

	/**
	 * By {@code RestClient}.
	 */
	@ServiceUser
	@HttpExchange
	interface BlockingUserInfo extends UserInfo {

	}

	/**
	 * By {@code WebClient}.
	 */
	@ServiceUser
	@HttpExchange
	interface ReactiveUserInfo extends UserInfo {

	}

}
