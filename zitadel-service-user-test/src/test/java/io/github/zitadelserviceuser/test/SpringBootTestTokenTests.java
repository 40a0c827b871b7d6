// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.net.URI;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.net.HostNotAllowedException;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A whole application with a fixed token.
 */
@SpringBootTest(classes = SpringBootTestTokenTests.Application.class)
@AutoConfigureServiceUserToken
class SpringBootTestTokenTests {

	@Autowired
	TokenSource tokenSource;

	@Autowired
	@ServiceUser
	RestClient restClient;

	@Autowired
	AllowedHosts allowedHosts;

	@Autowired
	ObjectProvider<KeyReader> keyReader;

	@Test
	void tokenSourceWhenAskedThenHasTheTokenAndNoOther() {
		AccessToken token = this.tokenSource.await();
		assertThat(token.value()).isEqualTo("test-token");
		assertThat(this.tokenSource.get()).isCompletedWithValue(token);
		assertThat(this.tokenSource.reject(token)).isCompletedWithValue(token);
		assertThat(this.keyReader.getIfAvailable()).isNull();
	}

	@Test
	void restClientWhenHostIsNotAllowedThenRefusesAsEver() {
		assertThatExceptionOfType(HostNotAllowedException.class)
			.isThrownBy(() -> this.restClient.get().uri("https://api.example.com/").retrieve().toBodilessEntity())
			.withMessageContaining("https://zitadel.test");
		this.allowedHosts.check(URI.create("https://zitadel.test/oidc/v1/userinfo"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
