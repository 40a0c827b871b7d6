// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test.example;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.test.EnableFakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.web.client.RestClient;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application with a named service user, tested against a fake.
 */
@SpringBootTest(properties = "zitadel.service-users.billing.project-ids=4711")
@EnableFakeZitadel
class BillingTests {

	@Autowired
	FakeZitadel zitadel;

	@Autowired
	@ServiceUser("billing")
	RestClient billing;

	@Autowired
	WhoAmI whoAmI;

	@Test
	void billingWhenLockedThenTheOtherGoesOn() {
		this.zitadel.serviceUser("billing").lock();
		assertThatExceptionOfType(TokenRequestException.class)
			.isThrownBy(() -> this.billing.get().uri("/oidc/v1/userinfo").retrieve().toBodilessEntity());
		assertThat(this.zitadel).lastTokenRequest().hasClaim("iss", this.zitadel.serviceUser("billing").id());
		this.whoAmI.userName();
		assertThat(this.zitadel).lastTokenRequest().hasClaim("iss", this.zitadel.serviceUser().id());
	}

}
