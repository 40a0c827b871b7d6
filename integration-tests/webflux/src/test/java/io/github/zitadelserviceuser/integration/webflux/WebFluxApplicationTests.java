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

package io.github.zitadelserviceuser.integration.webflux;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.github.zitadelserviceuser.integration.Applications;
import io.github.zitadelserviceuser.test.FakeZitadel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ReactorClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class WebFluxApplicationTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		context = Applications.start(WebFluxApplication.class, ZITADEL);
	}

	@AfterAll
	static void stop() {
		context.close();
		ZITADEL.close();
	}

	@Test
	void getWhenNobodyHasLoggedInThenEndpointAnswers() throws Exception {
		HttpResponse<String> response = get("/hello");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("hello");
		assertThat(response.headers().map()).doesNotContainKeys("set-cookie", "www-authenticate", "location");
	}

	@Test
	void getWhenPathIsUnknownThenNotFoundAndNoLogin() throws Exception {
		assertThat(get("/login").statusCode()).isEqualTo(404);
		assertThat(get("/logout").statusCode()).isEqualTo(404);
		assertThat(get("/oauth2/authorization/zitadel").statusCode()).isEqualTo(404);
	}

	@Test
	void startThenClientsUseTheSameLibraryAsWithoutTheStarter() {
		assertThat(ClientHttpRequestFactoryBuilder.detect()).isInstanceOf(ReactorClientHttpRequestFactoryBuilder.class);
		assertThat(context.getBean(ClientHttpConnectorBuilder.class))
			.isInstanceOf(ReactorClientHttpConnectorBuilder.class);
	}

	private static HttpResponse<String> get(String path) throws Exception {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
					HttpResponse.BodyHandlers.ofString());
	}

}
