// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * ZITADEL's REST API, asked by the service user.
 */
@RecipeTest
class ZitadelUsersTests {

	@Autowired
	FakeZitadel zitadel;

	@Autowired
	ZitadelUsers users;

	@Test
	void searchWhenTokenIsRevokedThenIsMadeWithAnother() {
		FakeServiceUser user = this.zitadel.serviceUser();
		ZitadelUsers.User expected = new ZitadelUsers.User(user.id(), user.userName(), "USER_STATE_ACTIVE");
		assertThat(this.users.search(user.userName())).contains(expected);
		this.zitadel.revokeAllTokens();
		assertThat(this.users.search(user.userName())).contains(expected);
		assertThat(this.zitadel).hasTokenRequests(2)
			.lastTokenRequest()
			.requestedScopes("openid", "profile", "email", "urn:zitadel:iam:org:project:id:zitadel:aud");
		assertThat(this.zitadel.api()).hasCalls(3).lastCall().isRequest("POST", "/v2/users");
	}

}
