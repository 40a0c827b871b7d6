// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.util.List;
import java.util.Map;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.RecordedCall;
import io.github.zitadelserviceuser.fake.TokenOutcome;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the assertions accept, and what they say otherwise.
 */
class FakeZitadelAssertTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	@AfterEach
	void close() {
		this.zitadel.close();
	}

	@Test
	void tokenRequestsWhenThereAreNoneThenSaysSo() {
		assertThat(this.zitadel).hasNoTokenRequests().hasIssuedTokens(0);
		fails(() -> assertThat(this.zitadel).hasTokenRequests(1), "Expected 1 token request(s) but there were 0");
		fails(() -> assertThat(this.zitadel).lastTokenRequest(), "Expected a token request but there was none");
	}

	@Test
	void tokenRequestsWhenThereIsARefusalThenShowsTheOutcome() {
		refusedTokenRequest();
		assertThat(this.zitadel).hasTokenRequests(1).hasIssuedTokens(0);
		assertThat(this.zitadel).lastTokenRequest().hasOutcome(TokenOutcome.ASSERTION_MISSING);
		fails(() -> assertThat(this.zitadel).hasNoTokenRequests(), "ASSERTION_MISSING");
		fails(() -> assertThat(this.zitadel).hasIssuedTokens(1), "ASSERTION_MISSING");
		fails(() -> assertThat(this.zitadel).lastTokenRequest().isIssued(), "[the last token request]",
				"outcome ISSUED but it has ASSERTION_MISSING");
	}

	@Test
	void tokenRequestWhenClaimsAndScopesDifferThenShowsThem() {
		refusedTokenRequest();
		var request = this.zitadel.tokenRequests().get(0);
		assertThat(request).requestedScopes("openid", "profile").grantedScopes();
		fails(() -> assertThat(request).requestedScopes("openid"),
				"Expected requested scopes [openid] but they are [openid, profile]");
		fails(() -> assertThat(request).grantedScopes("openid"), "Expected granted scopes [openid] but they are []");
		fails(() -> assertThat(request).hasClaim("iss", "1"), "claim 'iss' of value 1 but it has null");
		fails(() -> assertThat(request).isSignedWithKey("1"), "signed with the key 1 but it was null");
	}

	@Test
	void endpointWhenItWasNotCalledThenSaysSo() {
		assertThat(this.zitadel.api()).hasNoCalls();
		fails(() -> assertThat(this.zitadel.api()).hasCalls(2), "Expected 2 call(s) to FakeEndpoint[API]", "were 0");
		fails(() -> assertThat(this.zitadel.api()).lastCall(), "Expected a call to FakeEndpoint[API]");
		fails(() -> assertThat(this.zitadel.api()).allHaveToken("any"), "Expected a call to FakeEndpoint[API]");
	}

	@Test
	void endpointWhenItWasCalledThenComparesButDoesNotShowTokens() {
		call("first-secret");
		call("second-secret");
		assertThat(this.zitadel.userInfo()).hasCalls(2)
			.lastCall()
			.isRequest("GET", "/oidc/v1/userinfo")
			.hasToken("second-secret")
			.hasHeader("Authorization", "Bearer second-secret");
		fails(() -> assertThat(this.zitadel.userInfo()).allHaveToken("second-secret"), "came with another one");
		fails(() -> assertThat(this.zitadel.userInfo()).lastCall().isRequest("POST", "/"),
				"POST / but it was GET /oidc/v1/userinfo");
		fails(() -> assertThat(this.zitadel.userInfo()).lastCall().hasNoToken(), "came with one");
		fails(() -> assertThat(this.zitadel.userInfo()).lastCall().hasHeader("authorization", "x"),
				"the header 'authorization'", "has another one");
	}

	@Test
	void callWhenItHasNoTokenThenSaysSo() {
		RecordedCall call = new RecordedCall("GET", "/", Map.of("host", List.of("localhost")), null);
		assertThat(call).hasNoToken().hasHeader("Host", "localhost");
		fails(() -> assertThat(call).hasToken("any"), "came with none");
		fails(() -> assertThat(call).hasHeader("x-other", "any"), "a header 'x-other'", "has only [host]");
	}

	private void refusedTokenRequest() {
		RestClient.create()
			.post()
			.uri(this.zitadel.issuer() + "/oauth/v2/token")
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.body("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&scope=openid+profile")
			.exchange((request, response) -> response.getStatusCode());
	}

	private void call(String token) {
		RestClient.create()
			.get()
			.uri(this.zitadel.issuer() + "/oidc/v1/userinfo")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange((request, response) -> response.getStatusCode());
	}

	private static void fails(ThrowingCallable assertion, String... texts) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion)
			.withMessageContainingAll(texts)
			.extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING)
			.doesNotContain("secret");
	}

}
