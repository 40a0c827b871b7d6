// SPDX-License-Identifier: Apache-2.0

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
