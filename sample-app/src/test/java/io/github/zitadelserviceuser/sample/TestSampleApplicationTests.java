/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
