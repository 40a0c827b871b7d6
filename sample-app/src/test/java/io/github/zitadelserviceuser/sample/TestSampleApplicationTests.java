// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the sample, run as its developer runs it.
 */
class TestSampleApplicationTests {

	@Test
	void applicationWhenRunThenAuthenticatesAtTheFake() {
		try (ConfigurableApplicationContext context = TestSampleApplication.application()
			.run("--server.port=0")
			.getApplicationContext()) {
			FakeZitadel zitadel = context.getBean(FakeZitadel.class);
			UserInfo userInfo = context.getBean(UserInfoClient.class).userInfo().block();
			assertThat(userInfo).isNotNull();
			assertThat(userInfo.sub()).isEqualTo(zitadel.serviceUser().id());
			assertThat(zitadel).hasTokenRequests(1);
		}
	}

}
