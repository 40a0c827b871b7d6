// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.ServiceUserClientHttpRequestFactory;
import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.RestTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Interceptor and request factory on clients that the application builds itself, and what
 * an answer of 401 has them say.
 */
@ExtendWith(OutputCaptureExtension.class)
class OwnClientTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	@AfterEach
	void stop() {
		this.zitadel.close();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void callWhenRestTemplateHasTheInterceptorThenIsAuthorizedAndRepeated(Library library) {
		callWhenRestTemplateIsOurs(library, (clients) -> clients.intercepted);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void callWhenRestTemplateHasTheRequestFactoryThenIsAuthorizedAndRepeated(Library library) {
		callWhenRestTemplateIsOurs(library, (clients) -> clients.made);
	}

	private void callWhenRestTemplateIsOurs(Library library, Function<OwnClients, RestTemplate> client) {
		try (Host host = new Host("localhost");
				ConfigurableApplicationContext application = library.start(this.zitadel,
						new Class<?>[] { OwnClients.class, OwnTokens.class },
						"zitadel.service-user.allowed-hosts=" + host.authority())) {
			RestTemplate restTemplate = client.apply(application.getBean(OwnClients.class));
			assertThat(restTemplate.postForObject(host.uri("/second"), "the body", String.class)).isEqualTo("arrived");
			assertThat(host.received()).extracting(Host.Received::body).containsExactly("the body", "the body");
			assertThat(application.getBean(OwnTokens.class).rejected).isEqualTo("first");
		}
	}

	@Test
	void collectWhenAllOfAKindAreWantedThenOursAreNotAmongThem() {
		try (ConfigurableApplicationContext application = Library.BLOCKING_JDK.start(this.zitadel,
				new Class<?>[] { Collector.class })) {
			assertThat(application.getBean(Collector.class).requestFactories())
				.noneMatch(ServiceUserClientHttpRequestFactory.class::isInstance);
			assertThat(application.getBean(Collector.class).interceptors()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "BLOCKING_JDK", "REACTIVE_JDK" })
	void callWhenAudienceIsMissingThenSaysOnceWhichPropertyAsksForIt(Library library, CapturedOutput output) {
		URI api = URI.create(this.zitadel.url() + "/auth/v1/users/me");
		try (ConfigurableApplicationContext application = library.start(this.zitadel)) {
			assertThat(library.get(application, api).getStatusCode().value()).isEqualTo(401);
			assertThat(library.get(application, api).getStatusCode().value()).isEqualTo(401);
			assertThat(output).containsOnlyOnce("zitadel.service-user.api-access=true");
		}
		try (ConfigurableApplicationContext application = library.start(this.zitadel,
				"zitadel.service-user.api-access=true")) {
			assertThat(library.get(application, api).getStatusCode().value()).isEqualTo(200);
			assertThat(output).containsOnlyOnce("zitadel.service-user.api-access=true");
		}
	}

	static class OwnClients {

		private final RestTemplate intercepted;

		private final RestTemplate made;

		OwnClients(RestTemplateBuilder restTemplateBuilder, @ServiceUser ServiceUserHttpRequestInterceptor interceptor,
				@ServiceUser ServiceUserClientHttpRequestFactory requestFactory) {
			this.intercepted = restTemplateBuilder.redirects(HttpRedirects.DONT_FOLLOW)
				.additionalInterceptors(interceptor)
				.build();
			this.made = restTemplateBuilder.requestFactory(() -> requestFactory).build();
		}

	}

	record Collector(ObjectProvider<ClientHttpRequestFactory> requestFactories,
			ObjectProvider<ClientHttpRequestInterceptor> interceptors) {
	}

	/**
	 * Tokens of the application's own, the second of which is good.
	 */
	@ServiceUser
	static class OwnTokens implements TokenSource {

		private volatile String rejected = "";

		@Override
		public CompletableFuture<AccessToken> get() {
			return CompletableFuture.completedFuture(await());
		}

		@Override
		public AccessToken await() {
			return token(this.rejected.isEmpty() ? "first" : "second");
		}

		@Override
		public CompletableFuture<AccessToken> reject(AccessToken token) {
			this.rejected = token.value();
			return get();
		}

		private static AccessToken token(String value) {
			return new AccessToken(value, Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
		}

	}

}
