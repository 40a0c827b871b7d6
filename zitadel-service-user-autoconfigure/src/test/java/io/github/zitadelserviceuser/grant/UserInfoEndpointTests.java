// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Clock;
import java.time.Instant;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class UserInfoEndpointTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private final UserInfoEndpoint endpoint = of(ZITADEL.issuer(), null);

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void close() {
		ZITADEL.close();
	}

	@ParameterizedTest
	@EnumSource
	void requestThenTellsWhoItIs(HttpClientKind client) {
		UserInfoEndpoint endpoint = new UserInfoEndpoint(
				AuthorizationServer.of(Grants.PREFIX, ZITADEL.issuer(), null, true), client.restClient(),
				Clock.systemUTC());
		assertThat(endpoint.request(token(ZITADEL)))
			.isEqualTo(new UserInfo(ZITADEL.serviceUser().id(), ZITADEL.serviceUser().userName()));
		assertThat(endpoint.request(token(ZITADEL)).userId()).isEqualTo(ZITADEL.serviceUser().id());
		assertThat(ZITADEL.discovery().requestCount()).as("for the two of it and the two grants").isEqualTo(3);
	}

	@Test
	void requestWhenScopeProfileWasNotAskedForThenHasNoName() {
		ZITADEL.userInfo().answerNext(1, FakeAnswer.json(200, "{\"sub\":\"1\"}"));
		assertThat(this.endpoint.request(token(ZITADEL))).isEqualTo(new UserInfo("1", null));
	}

	@Test
	void requestWhenInstanceHasAnInternalAddressThenGoesThere() {
		try (FakeZitadel internal = FakeZitadel.builder()
			.withDomain("zitadel.example")
			.externallySecure(true)
			.start()) {
			AuthorizationServer server = AuthorizationServer.of(Grants.PREFIX, "https://zitadel.example",
					internal.url(), true);
			String token = Grants.of(server, Grants.keyOf(internal), HttpClientKind.JDK.restClient(), Clock.systemUTC())
				.request()
				.accessToken();
			assertThat(of("https://zitadel.example", internal.url()).request(token(token)).userId())
				.isEqualTo(internal.serviceUser().id());
		}
	}

	@Test
	void requestWhenTokenWasRevokedThenRefusedWithoutShowingIt() {
		AccessToken token = token(ZITADEL);
		ZITADEL.revoke(token.value());
		TokenRequestException failure = failure(token);
		assertThat(failure.getReason()).isEqualTo(Reason.REFUSED);
		assertThat(failure).hasMessageContaining("/oidc/v1/userinfo answered with status 401")
			.hasMessageContaining("access token invalid")
			.hasMessageContaining("does not accept it any more");
		assertThat(failure.toString()).doesNotContain(token.value());
		assertThat(this.endpoint.request(token(ZITADEL)).userId()).isEqualTo(ZITADEL.serviceUser().id());
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 400, 401, 403, 500, 503 })
	void requestWhenServerEchoesTheTokenThenIsNotShown(int status) {
		AccessToken token = token(ZITADEL);
		ZITADEL.userInfo().answerNext(1, FakeAnswer.text(status, "You sent Bearer " + token.value()));
		assertThat(failure(token).toString()).doesNotContain(token.value()).contains("/oidc/v1/userinfo");
		assertThat(this.endpoint.request(token(ZITADEL)).userId()).isEqualTo(ZITADEL.serviceUser().id());
	}

	@Test
	void requestWhenAnswerHasNoSubjectThenInvalid() {
		ZITADEL.userInfo().answerNext(1, FakeAnswer.json(200, "{\"name\":\"x\"}"));
		TokenRequestException failure = failure(token(ZITADEL));
		assertThat(failure.getReason()).isEqualTo(Reason.INVALID_RESPONSE);
		assertThat(failure).hasMessageContaining("'sub'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://elsewhere.example/userinfo", "http://localhost:1/userinfo", "/userinfo", "::" })
	void requestWhenEndpointIsElsewhereThenTokenIsNotSent(String discovered) {
		AccessToken token = token(ZITADEL);
		ZITADEL.customizeDiscovery((document) -> document.put("userinfo_endpoint", discovered));
		assertThat(failure(token)).hasMessageContaining("'userinfo_endpoint'").hasMessageContaining(discovered);
		assertThat(ZITADEL.userInfo().requestCount()).isZero();
	}

	@Test
	void requestWhenDiscoveryNamesNoEndpointThenSaysSoAndTokensAreHadAllTheSame() {
		ZITADEL.customizeDiscovery((document) -> document.remove("userinfo_endpoint"));
		assertThat(failure(token(ZITADEL))).hasMessageContaining("but none");
	}

	private TokenRequestException failure(AccessToken token) {
		TokenRequestException failure = catchThrowableOfType(TokenRequestException.class,
				() -> this.endpoint.request(token));
		assertThat(failure).isNotNull();
		return failure;
	}

	private static UserInfoEndpoint of(String issuer, String baseUrl) {
		return new UserInfoEndpoint(AuthorizationServer.of(Grants.PREFIX, issuer, baseUrl, true),
				HttpClientKind.JDK.restClient(), Clock.systemUTC());
	}

	private static AccessToken token(FakeZitadel zitadel) {
		return token(Grants.of(zitadel).request().accessToken());
	}

	private static AccessToken token(String value) {
		return new AccessToken(value, Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
	}

}
