// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.holder;

import java.time.Duration;
import java.time.Instant;

import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.InMemoryReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

/**
 * Spring Security's managers of tokens as an application declares them that calls out on
 * its own account: the variant for use outside of a request, with the stores in memory.
 *
 * @since 0.1.0
 */
public final class SpringClients {

	/**
	 * The registration to authorize with.
	 */
	public static final String REGISTRATION_ID = "zitadel";

	private static final ClientRegistration CLIENT_CREDENTIALS = registration(
			AuthorizationGrantType.CLIENT_CREDENTIALS);

	private SpringClients() {
	}

	/**
	 * Create a manager that gets a token by client credentials.
	 * @param endpoint where it gets it
	 * @param timing the time it lives in
	 * @return the manager
	 */
	public static OAuth2AuthorizedClientManager servlet(StubEndpoint endpoint, Timing timing) {
		return servlet(CLIENT_CREDENTIALS,
				OAuth2AuthorizedClientProviderBuilder.builder()
					.clientCredentials((credentials) -> credentials.clock(timing.clock())
						.accessTokenResponseClient((request) -> response(endpoint.request())))
					.build());
	}

	/**
	 * Create a manager.
	 * @param registration the registration
	 * @param provider what gets the token
	 * @return the manager
	 */
	public static OAuth2AuthorizedClientManager servlet(ClientRegistration registration,
			OAuth2AuthorizedClientProvider provider) {
		InMemoryClientRegistrationRepository registrations = new InMemoryClientRegistrationRepository(registration);
		AuthorizedClientServiceOAuth2AuthorizedClientManager manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(
				registrations, new InMemoryOAuth2AuthorizedClientService(registrations));
		manager.setAuthorizedClientProvider(provider);
		return manager;
	}

	/**
	 * Create a reactive manager that gets a token by client credentials.
	 * @param endpoint where it gets it
	 * @param timing the time it lives in
	 * @return the manager
	 */
	public static ReactiveOAuth2AuthorizedClientManager reactive(StubEndpoint endpoint, Timing timing) {
		return reactive(CLIENT_CREDENTIALS,
				ReactiveOAuth2AuthorizedClientProviderBuilder.builder()
					.clientCredentials((credentials) -> credentials.clock(timing.clock())
						.accessTokenResponseClient((request) -> endpoint.requestLater().map(SpringClients::response)))
					.build());
	}

	/**
	 * Create a reactive manager.
	 * @param registration the registration
	 * @param provider what gets the token
	 * @return the manager
	 */
	public static ReactiveOAuth2AuthorizedClientManager reactive(ClientRegistration registration,
			ReactiveOAuth2AuthorizedClientProvider provider) {
		InMemoryReactiveClientRegistrationRepository registrations = new InMemoryReactiveClientRegistrationRepository(
				registration);
		AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager manager = new AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager(
				registrations, new InMemoryReactiveOAuth2AuthorizedClientService(registrations));
		manager.setAuthorizedClientProvider(provider);
		return manager;
	}

	/**
	 * Create a registration.
	 * @param grantType how its tokens are had
	 * @return the registration
	 */
	public static ClientRegistration registration(AuthorizationGrantType grantType) {
		return ClientRegistration.withRegistrationId(REGISTRATION_ID)
			.authorizationGrantType(grantType)
			.clientId("client")
			.clientSecret("not needed")
			.tokenUri("https://zitadel.example.com/oauth/v2/token")
			.build();
	}

	// The response counts from the time of this machine, whatever the clock of the
	// provider says.
	private static OAuth2AccessTokenResponse response(Issued issued) {
		return OAuth2AccessTokenResponse.withToken(issued.token())
			.tokenType(TokenType.BEARER)
			.expiresIn(Math.round(Duration.between(Instant.now(), issued.expiresAt()).toMillis() / 1000.0))
			.build();
	}

}
