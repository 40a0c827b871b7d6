// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.security;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.InMemoryReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Both providers, by themselves and below Spring Security's own managers.
 */
class AuthorizedClientProviderTests {

	private static final ClientRegistration REGISTRATION = registration(ServiceUserGrantType.SERVICE_USER);

	private final AtomicInteger requests = new AtomicInteger();

	private Supplier<TokenResponse> answer = () -> new TokenResponse("token-" + this.requests.get(),
			Duration.ofHours(1));

	private final TokenGrant grant = () -> {
		this.requests.incrementAndGet();
		return this.answer.get();
	};

	private RefreshingTokenSource tokens = RefreshingTokenSource.builder(this.grant).build();

	@AfterEach
	void close() {
		this.tokens.close();
	}

	@ParameterizedTest
	@EnumSource
	void authorizeWhenRegistrationIsTheServiceUsersThenHasItsToken(Kind kind) {
		OAuth2AuthorizedClient client = kind.authorize(this.tokens, context(REGISTRATION, "alice"));
		assertThat(client).isNotNull();
		assertThat(client.getPrincipalName()).isEqualTo("alice");
		assertThat(client.getClientRegistration()).isSameAs(REGISTRATION);
		assertThat(client.getAccessToken().getTokenValue()).isEqualTo("token-1");
		assertThat(client.getAccessToken().getIssuedAt()).isEqualTo(this.tokens.await().issuedAt());
		assertThat(client.getAccessToken().getExpiresAt()).isEqualTo(this.tokens.await().expiresAt());
		assertThat(client.getRefreshToken()).isNull();
	}

	@ParameterizedTest
	@EnumSource
	void authorizeWhenGrantTypeIsAnotherThenNothing(Kind kind) {
		for (AuthorizationGrantType type : new AuthorizationGrantType[] { AuthorizationGrantType.CLIENT_CREDENTIALS,
				AuthorizationGrantType.JWT_BEARER, AuthorizationGrantType.TOKEN_EXCHANGE,
				AuthorizationGrantType.REFRESH_TOKEN }) {
			assertThat(kind.authorize(this.tokens, context(registration(type), "alice"))).isNull();
		}
		assertThat(this.requests).hasValue(0);
	}

	@Test
	void authorizeWhenTokenIsHeldThenStaysOnTheThread() {
		ReactiveServiceUserAuthorizedClientProvider provider = new ReactiveServiceUserAuthorizedClientProvider(
				this.tokens);
		Mono<Thread> thread = provider.authorize(context(REGISTRATION, "alice"))
			.map((client) -> Thread.currentThread());
		this.tokens.await();
		assertThat(thread.block()).isSameAs(Thread.currentThread());
	}

	@ParameterizedTest
	@EnumSource
	void authorizeWhenPrincipalsAreTwoThenTheyShareOneToken(Kind kind) {
		OAuth2AuthorizedClient alice = kind.authorize(this.tokens, context(REGISTRATION, "alice"));
		OAuth2AuthorizedClient bob = kind.authorize(this.tokens, context(REGISTRATION, "bob"));
		assertThat(bob.getPrincipalName()).isEqualTo("bob");
		assertThat(bob.getAccessToken().getTokenValue()).isEqualTo(alice.getAccessToken().getTokenValue());
		assertThat(this.requests).hasValue(1);
	}

	@ParameterizedTest
	@EnumSource
	void authorizeWhenClientHasTheTokenThenNothingAndWhenItHasAnOlderThenTheNew(Kind kind) {
		OAuth2AuthorizedClient client = kind.authorize(this.tokens, context(REGISTRATION, "alice"));
		assertThat(kind.authorize(this.tokens, context(client))).isNull();
		this.tokens.close();
		this.tokens = RefreshingTokenSource.builder(this.grant).build();
		OAuth2AuthorizedClient later = kind.authorize(this.tokens, context(client));
		assertThat(later.getAccessToken().getTokenValue()).isEqualTo("token-2");
		assertThat(later.getPrincipalName()).isEqualTo("alice");
	}

	@ParameterizedTest
	@EnumSource
	void authorizeWhenThereIsNoTokenThenEachCallerGetsAFailureOfItsOwn(Kind kind) {
		this.answer = () -> {
			throw new TokenRequestException(Reason.REFUSED, "refused");
		};
		TokenRequestException first = failure(kind);
		TokenRequestException second = failure(kind);
		assertThat(second).isNotSameAs(first).hasMessage("refused");
		this.answer = () -> new TokenResponse("recovered", Duration.ofHours(1));
		RefreshingTokenSource next = RefreshingTokenSource.builder(this.grant).build();
		assertThat(kind.authorize(next, context(REGISTRATION, "alice")).getAccessToken().getTokenValue())
			.isEqualTo("recovered");
		next.close();
	}

	@Test
	void authorizeWhenManagerIsOfTheServletKindThenWorksOutsideARequest() {
		var manager = new AuthorizedClientServiceOAuth2AuthorizedClientManager(
				new InMemoryClientRegistrationRepository(REGISTRATION),
				new InMemoryOAuth2AuthorizedClientService(new InMemoryClientRegistrationRepository(REGISTRATION)));
		manager.setAuthorizedClientProvider(new ServiceUserAuthorizedClientProvider(this.tokens));
		for (String principal : new String[] { "alice", "bob", "alice" }) {
			OAuth2AuthorizedClient client = manager
				.authorize(OAuth2AuthorizeRequest.withClientRegistrationId("zitadel").principal(principal).build());
			assertThat(client).isNotNull();
			assertThat(client.getAccessToken().getTokenValue()).isEqualTo("token-1");
			assertThat(client.getPrincipalName()).isEqualTo(principal);
		}
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void authorizeWhenManagerIsReactiveThenWorksOutsideARequest() {
		var repository = new InMemoryReactiveClientRegistrationRepository(REGISTRATION);
		var manager = new AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager(repository,
				new InMemoryReactiveOAuth2AuthorizedClientService(repository));
		manager.setAuthorizedClientProvider(new ReactiveServiceUserAuthorizedClientProvider(this.tokens));
		for (String principal : new String[] { "alice", "bob", "alice" }) {
			StepVerifier
				.create(manager
					.authorize(OAuth2AuthorizeRequest.withClientRegistrationId("zitadel").principal(principal).build()))
				.assertNext((client) -> assertThat(client.getAccessToken().getTokenValue()).isEqualTo("token-1"))
				.verifyComplete();
		}
		assertThat(this.requests).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void cancelWhenOthersWaitThenTheyGoOn(boolean other) {
		CompletableFuture<TokenResponse> pending = new CompletableFuture<>();
		this.answer = pending::join;
		var provider = new ReactiveServiceUserAuthorizedClientProvider(this.tokens);
		var waiting = provider.authorize(context(REGISTRATION, "alice"))
			.map((client) -> Schedulers.isInNonBlockingThread())
			.toFuture();
		if (other) {
			provider.authorize(context(REGISTRATION, "bob")).subscribe().dispose();
		}
		pending.complete(new TokenResponse("token", Duration.ofHours(1)));
		assertThat(waiting).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
	}

	private TokenRequestException failure(Kind kind) {
		TokenRequestException[] caught = new TokenRequestException[1];
		assertThatExceptionOfType(TokenRequestException.class)
			.isThrownBy(() -> kind.authorize(this.tokens, context(REGISTRATION, "alice")))
			.satisfies((ex) -> caught[0] = ex);
		return caught[0];
	}

	private static OAuth2AuthorizationContext context(ClientRegistration registration, String principal) {
		return OAuth2AuthorizationContext.withClientRegistration(registration)
			.principal(new TestingAuthenticationToken(principal, "password"))
			.build();
	}

	private static OAuth2AuthorizationContext context(OAuth2AuthorizedClient client) {
		return OAuth2AuthorizationContext.withAuthorizedClient(client)
			.principal(new TestingAuthenticationToken(client.getPrincipalName(), "password"))
			.build();
	}

	private static ClientRegistration registration(AuthorizationGrantType type) {
		return ClientRegistration.withRegistrationId("zitadel")
			.clientId("zitadel")
			.authorizationGrantType(type)
			.tokenUri("https://zitadel.example.com/oauth/v2/token")
			.build();
	}

	enum Kind {

		BLOCKING {

			@Override
			@Nullable OAuth2AuthorizedClient authorize(RefreshingTokenSource tokens, OAuth2AuthorizationContext context) {
				return new ServiceUserAuthorizedClientProvider(tokens).authorize(context);
			}

		},

		REACTIVE {

			@Override
			@Nullable OAuth2AuthorizedClient authorize(RefreshingTokenSource tokens, OAuth2AuthorizationContext context) {
				return new ReactiveServiceUserAuthorizedClientProvider(tokens).authorize(context).block();
			}

		};

		abstract @Nullable OAuth2AuthorizedClient authorize(RefreshingTokenSource tokens,
				OAuth2AuthorizationContext context);

	}

}
