// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.security;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Applications;
import io.github.zitadelserviceuser.integration.Clients;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a job can call out by, which belongs to no request.
 */
class JobTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final OAuth2AuthorizeRequest REQUEST = OAuth2AuthorizeRequest.withClientRegistrationId("zitadel")
		.principal("job")
		.build();

	private ConfigurableApplicationContext context;

	@BeforeEach
	void start() {
		this.context = Applications.startWithClients(SecurityApplication.class, ZITADEL);
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@AfterAll
	static void stopZitadel() {
		ZITADEL.close();
	}

	@Test
	void authorizeWhenManagerIsTheDefaultThenItWantsARequest() {
		OAuth2AuthorizedClientManager manager = this.context.getBean(OAuth2AuthorizedClientManager.class);
		assertThatIllegalArgumentException().isThrownBy(() -> manager.authorize(REQUEST))
			.withMessage("servletRequest cannot be null");
	}

	@Test
	void authorizeWhenManagerIsThatOfServicesThenAuthorized() {
		AuthorizedClientServiceOAuth2AuthorizedClientManager manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(
				this.context.getBean(ClientRegistrationRepository.class),
				this.context.getBean(OAuth2AuthorizedClientService.class));
		manager.setAuthorizedClientProvider(this.context.getBean(OAuth2AuthorizedClientProvider.class));
		OAuth2AuthorizedClient client = manager.authorize(REQUEST);
		assertThat(ZITADEL.isValid(client.getAccessToken().getTokenValue())).isTrue();
	}

	@Test
	void callWhenClientIsOursThenAuthorized() {
		String user = this.context.getBean(Clients.class)
			.restClient()
			.get()
			.uri(ZITADEL.issuer() + "/oidc/v1/userinfo")
			.retrieve()
			.body(String.class);
		assertThat(user).contains(ZITADEL.serviceUser().id());
	}

}
