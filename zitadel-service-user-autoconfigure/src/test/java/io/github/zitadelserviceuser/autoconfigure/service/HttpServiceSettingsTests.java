// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;

import io.github.zitadelserviceuser.autoconfigure.Contexts;
import io.github.zitadelserviceuser.autoconfigure.OpenServer;
import io.github.zitadelserviceuser.autoconfigure.service.HttpServices.AnnotatedApi;
import io.github.zitadelserviceuser.autoconfigure.service.HttpServices.OtherApi;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * An HTTP service that is authorized has the settings of its group, and follows no
 * redirects whatever these say.
 */
class HttpServiceSettingsTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private final OpenServer server = new OpenServer();

	private final OpenServer second = new OpenServer();

	@BeforeEach
	void redirect() {
		ZITADEL.reset();
		this.server.redirectTo(this.second.url("/stolen"));
	}

	@AfterEach
	void closeServers() {
		this.server.close();
		this.second.close();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@ParameterizedTest
	@CsvSource({ "BY_REST_CLIENT, jdk", "BY_REST_CLIENT, http-components", "BY_REST_CLIENT, simple",
			"BY_WEB_CLIENT, jdk" })
	void callWhenAnsweredWithARedirectThenItIsTheAnswerAndOtherGroupsFollow(HttpServices services, String library) {
		runner(services).withPropertyValues("spring.http.clients.redirects=follow",
				"spring.http.serviceclient.api.redirects=follow", "spring.http.clients.imperative.factory=" + library)
			.run((context) -> {
				assertThat(context.getBean(AnnotatedApi.class).redirect().getStatusCode().value()).isEqualTo(302);
				assertThat(this.server.authorizations()).hasSize(1).allMatch((values) -> values.size() == 1);
				assertThat(this.second.received()).isEmpty();
				assertThat(context.getBean(OtherApi.class).redirect().getStatusCode().value()).isEqualTo(204);
				assertThat(this.second.authorizations()).containsExactly(List.of());
			});
	}

	@ParameterizedTest
	@EnumSource
	void callWhenTheApplicationReplacesTheClientThenStillNoRedirectIsFollowed(HttpServices services) {
		runner(services).withUserConfiguration(FollowingConfigurers.class).run((context) -> {
			assertThat(context.getBean(AnnotatedApi.class).redirect().getStatusCode().value()).isEqualTo(302);
			assertThat(this.server.received()).singleElement()
				.satisfies((headers) -> assertThat(headers).containsEntry("X-configured", List.of("yes")));
			assertThat(this.second.received()).isEmpty();
			assertThat(context.getBean(OtherApi.class).redirect().getStatusCode().value()).isEqualTo(204);
		});
	}

	@ParameterizedTest
	@EnumSource
	void callWhenGroupHasATimeoutThenItHolds(HttpServices services) throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			String authority = "localhost:" + silent.getLocalPort();
			runner(services).withPropertyValues("zitadel.service-user.allowed-hosts=" + authority,
					"spring.http.clients.read-timeout=1h", "spring.http.serviceclient.api.base-url=http://" + authority,
					"spring.http.serviceclient.api.read-timeout=200ms")
				.run((context) -> {
					AnnotatedApi api = context.getBean(AnnotatedApi.class);
					assertThatException()
						.isThrownBy(() -> Mono.fromCallable(api::get)
							.subscribeOn(Schedulers.boundedElastic())
							.block(Duration.ofSeconds(20)))
						.isInstanceOfAny(ResourceAccessException.class, WebClientRequestException.class);
				});
		}
	}

	@ParameterizedTest
	@EnumSource
	void callWhenGroupHasHeadersThenTheyAreSentAndItsAuthorizationIsKept(HttpServices services) {
		runner(services).withPropertyValues("spring.http.serviceclient.api.default-header.x-tenant=blue")
			.run((context) -> {
				context.getBean(AnnotatedApi.class).get();
				assertThat(this.server.received()).singleElement()
					.satisfies((headers) -> assertThat(headers).containsEntry("X-tenant", List.of("blue")));
				assertThat(this.server.authorizations()).hasSize(1).allMatch((values) -> values.size() == 1);
			});
		this.server.received().clear();
		runner(services).withPropertyValues("spring.http.serviceclient.api.default-header.authorization=Basic own")
			.run((context) -> {
				context.getBean(AnnotatedApi.class).get();
				assertThat(this.server.authorizations()).containsExactly(List.of("Basic own"));
			});
	}

	@Test
	void ofWhenBundleOfGroupIsUpdatedThenSettingsFollow() {
		runner(HttpServices.BY_REST_CLIENT).withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withBean(SslBundleRegistrar.class,
					() -> (registry) -> registry.registerBundle("own", SslBundle.of(SslStoreBundle.NONE)))
			.withPropertyValues("spring.http.serviceclient.api.ssl.bundle=own")
			.run((context) -> {
				HttpServiceGroupSettings settings = context.getBean(HttpServiceGroupSettings.class);
				assertThat(settings.of("other").sslBundle()).isNull();
				SslBundle bundle = settings.of("api").sslBundle();
				assertThat(bundle).isNotNull();
				SslBundle updated = SslBundle.of(SslStoreBundle.NONE, SslBundleKey.of("", "updated"));
				context.getBean(SslBundleRegistry.class).updateBundle("own", updated);
				assertThat(bundle.getKey()).isSameAs(updated.getKey());
			});
	}

	private ApplicationContextRunner runner(HttpServices services) {
		return services.of(Contexts.of(ZITADEL), this.server);
	}

	static class FollowingConfigurers {

		@Bean
		RestClientHttpServiceGroupConfigurer ownRestClientGroups() {
			return (groups) -> groups.forEachClient((group, client) -> client.defaultHeader("X-Configured", "yes")
				.requestFactory(ClientHttpRequestFactoryBuilder.jdk().build()));
		}

		@Bean
		WebClientHttpServiceGroupConfigurer ownWebClientGroups() {
			return (groups) -> groups.forEachClient((group, client) -> client.defaultHeader("X-Configured", "yes")
				.clientConnector(ClientHttpConnectorBuilder.jdk().build()));
		}

	}

}
