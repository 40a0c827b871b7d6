// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.security;

import java.time.Duration;

import io.github.zitadelserviceuser.observation.CallerObservation;
import io.github.zitadelserviceuser.observation.ObservationCallerContext;
import io.github.zitadelserviceuser.observation.ObservedTokenGrant;
import io.github.zitadelserviceuser.observation.RecordedObservations;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.util.context.Context;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A token request that Spring Security causes belongs to the trace of its caller.
 */
class CallerObservationTests {

	private final RecordedObservations observations = new RecordedObservations();

	private final RefreshingTokenSource tokens = RefreshingTokenSource
		.builder(new ObservedTokenGrant("default", () -> new TokenResponse("token", Duration.ofHours(1)),
				this.observations.registry(), null))
		.callerContext(new ObservationCallerContext(this.observations.registry()))
		.build();

	private final Observation caller = Observation.start("caller", this.observations.registry());

	@AfterEach
	void close() {
		this.tokens.close();
	}

	@Test
	void authorizeWhenReactiveThenTheTokenRequestIsTheCallersChild() {
		assertThat(new ReactiveServiceUserAuthorizedClientProvider(this.tokens).authorize(context())
			.contextWrite((context) -> context.put(ObservationThreadLocalAccessor.KEY, this.caller))
			.block()).isNotNull();
		assertThat(this.observations.parents()).containsExactly("caller");
	}

	@Test
	void authorizeWhenReactiveAndTokenIsHeldThenNoScopeIsOpened() {
		this.tokens.await();
		int scopes = this.observations.scopes();
		// Not by way of the provider: Reactor's operators open scopes of their own.
		assertThat(CallerObservation.get(this.tokens, Context.of(ObservationThreadLocalAccessor.KEY, this.caller)))
			.isCompleted();
		assertThat(this.observations.scopes()).isEqualTo(scopes);
		assertThat(this.observations.parents()).containsExactly("none");
	}

	@Test
	void authorizeWhenBlockingThenTheTokenRequestIsTheCallersChild() {
		try (Observation.Scope scope = this.caller.openScope()) {
			assertThat(new ServiceUserAuthorizedClientProvider(this.tokens).authorize(context())).isNotNull();
		}
		assertThat(this.observations.parents()).containsExactly("caller");
	}

	private static OAuth2AuthorizationContext context() {
		return OAuth2AuthorizationContext
			.withClientRegistration(ClientRegistration.withRegistrationId("zitadel")
				.authorizationGrantType(ServiceUserGrantType.SERVICE_USER)
				.clientId("any")
				.tokenUri("https://zitadel.example/token")
				.build())
			.principal(new TestingAuthenticationToken("alice", "none"))
			.build();
	}

}
