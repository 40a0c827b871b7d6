// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.time.Instant;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.web.client.RestClient;

import static io.github.zitadelserviceuser.test.FakeZitadelAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

/**
 * A test that puts a mock in the place of the token source.
 */
@SpringBootTest(classes = MockedTokenSourceTests.Application.class)
@EnableFakeZitadel
class MockedTokenSourceTests {

	@MockitoBean
	TokenSource tokenSource;

	@Autowired
	FakeZitadel zitadel;

	@Autowired
	@ServiceUser
	RestClient restClient;

	@Test
	void callWhenTokenSourceIsAMockThenItsTokenIsSent() {
		given(this.tokenSource.await())
			.willReturn(new AccessToken("mocked", Instant.now(), Instant.now().plusSeconds(60)));
		this.zitadel.api().answerAlways(FakeAnswer.serviceUnavailable());
		int status = this.restClient.get()
			.uri(this.zitadel.issuer() + "/auth/v1/users/me")
			.exchange((request, response) -> response.getStatusCode().value());
		assertThat(status).isEqualTo(503);
		assertThat(this.zitadel.api()).lastCall().hasToken("mocked");
		assertThat(this.zitadel).hasNoTokenRequests();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
