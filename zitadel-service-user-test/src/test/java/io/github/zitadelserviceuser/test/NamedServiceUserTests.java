// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * An application with several service users, each of which is one of the fake.
 */
@SpringBootTest(classes = NamedServiceUserTests.Application.class, webEnvironment = WebEnvironment.NONE,
		properties = { "zitadel.service-user.issuer-uri=https://production.example.com",
				"zitadel.service-user.key-location=/no/such/file",
				"zitadel.service-users.billing.key-location=${NO_SUCH_VARIABLE}",
				"zitadel.service-users.billing.keep-warm=true", "zitadel.service-users.billing.project-ids=4711",
				"zitadel.service-users.partner.issuer-uri=${NO_SUCH_VARIABLE}",
				"zitadel.service-users.partner.base-url=https://internal.example.com",
				"zitadel.service-users.partner.private-key-location=/no/such/file",
				"zitadel.service-users.partner.user-id=1" })
@EnableFakeZitadel
class NamedServiceUserTests {

	@Autowired
	FakeZitadel zitadel;

	@Autowired
	@ServiceUser
	RestClient acme;

	@Autowired
	@ServiceUser("billing")
	RestClient billing;

	@Autowired
	@ServiceUser("partner")
	WebClient partner;

	@BeforeEach
	void isCold() {
		assertThat(this.zitadel).hasNoTokenRequests().hasIssuedTokens(0);
	}

	@RepeatedTest(2)
	void usersWhenTheyCallThenEachIsOneOfTheFake() {
		assertThat(userInfo(this.acme)).contains(this.zitadel.serviceUser().id());
		assertThat(userInfo(this.billing)).contains(this.zitadel.serviceUser("billing").id());
		assertThat(this.zitadel).lastTokenRequest()
			.requestedScopes("openid", "profile", "email", "urn:zitadel:iam:org:project:id:4711:aud");
		assertThat(userInfoOfPartner()).contains(this.zitadel.serviceUser("partner").id())
			.contains("\"preferred_username\":\"partner\"");
		assertThat(this.zitadel).hasTokenRequests(3);
	}

	@RepeatedTest(2)
	void userWhenLockedOrRemovedThenAloneAndBackInTheNextTest() {
		FakeServiceUser user = this.zitadel.serviceUser("billing");
		assertThat(userInfo(this.billing)).contains(user.id());
		user.lock();
		assertThatException().isThrownBy(() -> userInfo(this.billing));
		user.remove();
		assertThat(userInfo(this.acme)).contains(this.zitadel.serviceUser().id());
	}

	@Test
	void userWhenItsYoungTokenIsRevokedThenHasAnother() {
		assertThat(userInfo(this.billing)).contains(this.zitadel.serviceUser("billing").id());
		this.zitadel.revokeAllTokens();
		assertThat(userInfo(this.billing)).contains(this.zitadel.serviceUser("billing").id());
		assertThat(this.zitadel).hasTokenRequests(2);
	}

	@Test
	void propertiesWhenReadThenAreThoseOfTheFakeWhereTheApplicationHasSome(@Autowired Environment environment) {
		assertThat(environment.getProperty("zitadel.service-users.billing.key-location"))
			.isEqualTo(this.zitadel.serviceUser("billing").keyFile().toUri().toString());
		assertThat(environment.getProperty("zitadel.service-users.partner.issuer-uri"))
			.isEqualTo(this.zitadel.issuer());
		assertThat(environment.getProperty("zitadel.service-users.billing.issuer-uri")).isNull();
	}

	private static String userInfo(RestClient client) {
		return client.get().uri("/oidc/v1/userinfo").retrieve().body(String.class);
	}

	private String userInfoOfPartner() {
		return this.partner.get().uri("/oidc/v1/userinfo").retrieve().bodyToMono(String.class).block();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
