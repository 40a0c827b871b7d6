// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test.example;

import java.time.Duration;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.TokenOutcome;
import io.github.zitadelserviceuser.test.EnableFakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application tested against a fake.
 */
@SpringBootTest
@EnableFakeZitadel
class WhoAmITests {

	@Autowired
	FakeZitadel zitadel;

	@Autowired
	WhoAmI whoAmI;

	@Test
	void userNameWhenAskedTwiceThenOneTokenIsRequested() {
		assertThat(this.whoAmI.userName()).isEqualTo("service-user");
		assertThat(this.whoAmI.userName()).isEqualTo("service-user");
		assertThat(this.zitadel).hasTokenRequests(1)
			.lastTokenRequest()
			.isIssued()
			.hasClaim("iss", this.zitadel.serviceUser().id())
			.requestedScopes("openid", "profile", "email");
		assertThat(this.zitadel.userInfo()).hasCalls(2)
			.lastCall()
			.isRequest("GET", "/oidc/v1/userinfo")
			.hasToken(this.zitadel.issuedTokens().get(0));
	}

	@Test
	void userNameWhenTokenWasRevokedThenAnotherIsRequested() {
		this.whoAmI.userName();
		this.zitadel.revokeAllTokens();
		assertThat(this.whoAmI.userName()).isEqualTo("service-user");
		assertThat(this.zitadel).hasTokenRequests(2);
	}

	@Test
	void userNameWhenUserIsLockedThenFailsAndRecovers() {
		this.zitadel.serviceUser().lock();
		assertThatExceptionOfType(TokenRequestException.class).isThrownBy(this.whoAmI::userName)
			.withMessageContaining("deactivated or locked");
		assertThat(this.zitadel).lastTokenRequest().hasOutcome(TokenOutcome.USER_NOT_ACTIVE);
		this.zitadel.serviceUser().reactivate();
		Awaitility.await().ignoreExceptions().until(this.whoAmI::userName, "service-user"::equals);
	}

	@Test
	void userNameWhenKeyWasRotatedThenTheNewOneIsUsed() {
		String newKey = this.zitadel.serviceUser().rotateKey().keyId();
		assertThat(this.whoAmI.userName()).isEqualTo("service-user");
		assertThat(this.zitadel).lastTokenRequest().isIssued().isSignedWithKey(newKey);
	}

	@Test
	void userNameWhenZitadelIsSlowThenWaits() {
		this.zitadel.tokenEndpoint().delay(Duration.ofMillis(200));
		assertThat(this.whoAmI.userName()).isEqualTo("service-user");
	}

}
