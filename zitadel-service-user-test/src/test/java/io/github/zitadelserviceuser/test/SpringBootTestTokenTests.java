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

package io.github.zitadelserviceuser.test;

import java.net.URI;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.AllowedHosts;
import io.github.zitadelserviceuser.client.HostNotAllowedException;
import io.github.zitadelserviceuser.key.KeyReader;
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
