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

package io.github.zitadelserviceuser.sample.page;

import java.util.Arrays;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.sample.SampleApplication;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link PageController}, without a browser.
 */
class PageControllerTests {

	@Test
	void pageWhenIssuerIsSetThenOnlyShows() {
		try (FakeZitadel zitadel = FakeZitadel.start();
				ConfigurableApplicationContext application = run(
						"--zitadel.service-user.issuer-uri=" + zitadel.issuer(),
						"--zitadel.service-user.key-location=" + zitadel.serviceUser().keyFile())) {
			RestClient client = client(application);
			assertThat(client.get().uri("/").retrieve().body(String.class)).contains("every <span>10000 ms</span>")
				.doesNotContain("<button");
			assertThat(trouble(client, "same-origin")).isEqualTo(HttpStatus.NOT_FOUND);
			assertThat(zitadel.serviceUser().keyFile()).exists();
		}
	}

	@Test
	void troubleWhenAnotherSiteMakesItThenForbidden() {
		try (ConfigurableApplicationContext application = run()) {
			RestClient client = client(application);
			assertThat(trouble(client, "cross-site")).isEqualTo(HttpStatus.FORBIDDEN);
			assertThat(client.get().uri("/life").retrieve().body(String.class))
				.contains("Trouble now: <b id=\"trouble\">none");
			assertThat(trouble(client, "same-origin").is3xxRedirection()).isTrue();
			assertThat(client.get().uri("/life").retrieve().body(String.class)).contains("Take ZITADEL down");
		}
	}

	private static HttpStatusCode trouble(RestClient client, String site) {
		MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
		form.add("kind", "TAKE_DOWN");
		return client.post()
			.uri("/trouble")
			.header("Sec-Fetch-Site", site)
			.body(form)
			.exchange((request, response) -> response.getStatusCode());
	}

	private static ConfigurableApplicationContext run(String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 1);
		all[properties.length] = "--server.port=0";
		return SpringApplication.from(SampleApplication::main).run(all).getApplicationContext();
	}

	private static RestClient client(ConfigurableApplicationContext application) {
		return RestClient.builder()
			.baseUrl("http://localhost:" + ((WebServerApplicationContext) application).getWebServer().getPort())
			.build();
	}

}
