// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.RecordedTokenRequest;
import io.github.zitadelserviceuser.key.CredentialKind;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * An application whose service users authenticate in every way there is.
 */
@SpringBootTest(classes = FakeZitadelPropertySourceTests.Application.class, webEnvironment = WebEnvironment.NONE,
		properties = { "zitadel.service-user.issuer-uri=https://production.example.com",
				"zitadel.service-user.client-id=production", "zitadel.service-user.client-secret=${NO_SUCH_VARIABLE}",
				"zitadel.service-users.file.key-location=/no/such/file",
				"zitadel.service-users.pair.private-key-location=/no/such/file", "zitadel.service-users.pair.user-id=1",
				"zitadel.service-users.pair.key-id=2", "zitadel.service-users.partner.client-id=importer",
				"zitadel.service-users.partner.client-secret-location=/no/such/file",
				"zitadel.service-users.personal.personal-access-token=${NO_SUCH_VARIABLE}" })
@EnableFakeZitadel
class FakeZitadelPropertySourceTests {

	@Autowired
	FakeZitadel zitadel;

	@Autowired
	ServiceUsers users;

	@Autowired
	@ServiceUser("partner")
	RestClient partner;

	@DynamicPropertySource
	static void late(DynamicPropertyRegistry registry) {
		registry.add("zitadel.service-users.late.personal-access-token-location", () -> "/no/such/file");
	}

	@RepeatedTest(2)
	void usersThenAuthenticateAsTheirPropertiesSay() {
		assertThat(this.users.names()).containsExactly("default", "file", "late", "pair", "partner", "personal");
		for (ServiceUserClient user : this.users) {
			assertThat(userInfo(user.restClient())).contains(fake(user.name()).id());
		}
		assertThat(this.zitadel.tokenRequests()).extracting(RecordedTokenRequest::grantType)
			.containsExactlyInAnyOrder("client_credentials", "client_credentials",
					"urn:ietf:params:oauth:grant-type:jwt-bearer", "urn:ietf:params:oauth:grant-type:jwt-bearer");
		assertThat(kind("default")).isEqualTo(CredentialKind.CLIENT_SECRET);
		assertThat(kind("file")).isEqualTo(CredentialKind.KEY);
		assertThat(kind("late")).isEqualTo(CredentialKind.PERSONAL_ACCESS_TOKEN);
		assertThat(kind("pair")).isEqualTo(CredentialKind.KEY);
		assertThat(kind("personal")).isEqualTo(CredentialKind.PERSONAL_ACCESS_TOKEN);
	}

	@RepeatedTest(2)
	void userWhenItsSecretIsRotatedThenHasTheNewOne() {
		FakeServiceUser partner = this.zitadel.serviceUser("partner");
		partner.rotateSecret();
		assertThat(userInfo(this.partner)).contains(partner.id());
		assertThat(this.zitadel).hasTokenRequests(1).lastTokenRequest().isIssued();
	}

	@RepeatedTest(2)
	void userWhenItsPersonalAccessTokenIsRevokedThenFailsAndIsBackInTheNextTest() {
		RestClient personal = this.users.get("personal").restClient();
		assertThat(userInfo(personal)).contains(this.zitadel.serviceUser("personal").id());
		this.zitadel.revokeAllTokens();
		assertThatException().isThrownBy(() -> userInfo(personal));
	}

	@Test
	void createWhenRunningThenItHasTheCredentialThatItIsGiven() {
		FakeServiceUser tenant = this.zitadel.serviceUser("tenant");
		try (ServiceUserClient user = this.users.create("tenant",
				(builder) -> builder.clientSecret("tenant", tenant.createSecret().value()))) {
			assertThat(userInfo(user.restClient())).contains(tenant.id());
		}
	}

	private FakeServiceUser fake(String name) {
		return name.equals(ServiceUserClient.DEFAULT_NAME) ? this.zitadel.serviceUser()
				: this.zitadel.serviceUser(name);
	}

	private CredentialKind kind(String name) {
		return this.users.get(name).credential().kind();
	}

	private static String userInfo(RestClient client) {
		return client.get().uri("/oidc/v1/userinfo").retrieve().body(String.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
