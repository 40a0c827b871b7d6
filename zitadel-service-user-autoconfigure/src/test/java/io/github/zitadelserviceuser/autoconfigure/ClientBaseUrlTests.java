// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.List;
import java.util.Locale;

import io.github.zitadelserviceuser.client.ServiceUserRestClientCustomizer;
import io.github.zitadelserviceuser.client.ServiceUserWebClientCustomizer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A URI without a host is one of ZITADEL's, unless the application says otherwise.
 */
class ClientBaseUrlTests {

	private static final String PATH = "/oidc/v1/userinfo";

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final OpenServer server = new OpenServer();

	@AfterEach
	void close() {
		this.server.close();
		this.zitadel.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/" })
	void callWhenIssuerIsSpelledInAnyWayThenIsZitadels(String end) {
		String issuer = this.zitadel.issuer().toUpperCase(Locale.ROOT) + end;
		runner().withPropertyValues("zitadel.service-user.issuer-uri=" + issuer).run((context) -> {
			call(context, PATH);
			assertThat(this.zitadel.userInfo().calls()).hasSize(2)
				.allMatch((call) -> call.accessToken() != null && call.path().equals(PATH));
		});
	}

	@Test
	void callWhenZitadelHasAnInternalAddressThenGoesThereAndNamesTheInstance() {
		String internal = this.zitadel.url().replace("localhost", "127.0.0.1");
		runner().withPropertyValues("zitadel.service-user.base-url=" + internal).run((context) -> {
			call(context, PATH);
			assertThat(this.zitadel.userInfo().calls()).hasSize(2)
				.allMatch((call) -> call.headers().containsKey("x-zitadel-instance-host"));
		});
	}

	@Test
	void callWhenUrlIsAbsoluteThenThatIsCalled() {
		runner().run((context) -> {
			call(context, this.server.url("/things"));
			assertThat(this.server.authorizations()).hasSize(2);
			assertThat(this.zitadel.userInfo().calls()).isEmpty();
		});
	}

	@Test
	void callWhenACustomizerSetsAnotherBaseUrlThenThatIsCalled() {
		List<ApplicationContextRunner> runners = List.of(
				runner()
					.withBean(ServiceUserRestClientCustomizer.class,
							() -> (builder) -> builder.baseUrl(this.server.url("/")))
					.withBean(ServiceUserWebClientCustomizer.class,
							() -> (builder) -> builder.baseUrl(this.server.url("/"))),
				runner().withBean(RestClientCustomizer.class, () -> (builder) -> builder.baseUrl(this.server.url("/")))
					.withBean(WebClientCustomizer.class, () -> (builder) -> builder.baseUrl(this.server.url("/"))));
		runners.forEach((runner) -> runner.run((context) -> call(context, "things")));
		assertThat(this.server.authorizations()).hasSize(4);
	}

	private ApplicationContextRunner runner() {
		return Contexts.unconfigured()
			.withPropertyValues(Contexts.properties(this.zitadel))
			.withPropertyValues("zitadel.service-user.allowed-hosts=" + this.server.authority());
	}

	private static void call(ApplicationContext context, String uri) {
		context.getBean("serviceUserRestClient", RestClient.class).get().uri(uri).retrieve().toBodilessEntity();
		context.getBean("serviceUserWebClient", WebClient.class).get().uri(uri).retrieve().toBodilessEntity().block();
	}

}
