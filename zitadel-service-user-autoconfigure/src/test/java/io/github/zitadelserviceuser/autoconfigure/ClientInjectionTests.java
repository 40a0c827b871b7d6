// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which client an application gets where, and which of them are authorized.
 */
class ClientInjectionTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private final OpenServer server = new OpenServer();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void injectWhenQualifiedThenOurs() {
		run(Consumers.class, (context) -> {
			Qualified clients = context.getBean(Qualified.class);
			call(clients.webClient());
			call(clients.restClient());
			assertAuthorized(2);
		});
	}

	@Test
	void injectWhenApplicationHasNoneThenOurs() {
		run(Consumers.class, (context) -> {
			Plain clients = context.getBean(Plain.class);
			call(clients.webClient());
			call(clients.restClient());
			assertAuthorized(2);
		});
	}

	@Test
	void injectWhenApplicationHasItsOwnThenPlainIsItsOwnAndQualifiedIsOurs() {
		runner(Consumers.class).withUserConfiguration(OwnClients.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Plain plain = context.getBean(Plain.class);
			call(plain.webClient());
			call(plain.restClient());
			assertNotAuthorized(2);
			Qualified qualified = context.getBean(Qualified.class);
			call(qualified.webClient());
			call(qualified.restClient());
			assertThat(this.server.authorizations().subList(2, 4)).allMatch((values) -> values.size() == 1);
		});
	}

	// A fallback does not win over another fallback.
	@Test
	void injectWhenApplicationsOwnIsAFallbackThenPlainIsItsOwnAndQualifiedIsOurs() {
		runner(Consumers.class).withUserConfiguration(OwnFallbackClients.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Plain plain = context.getBean(Plain.class);
			call(plain.webClient());
			call(plain.restClient());
			assertNotAuthorized(2);
			Qualified qualified = context.getBean(Qualified.class);
			call(qualified.webClient());
			call(qualified.restClient());
			assertThat(this.server.authorizations().subList(2, 4)).allMatch((values) -> values.size() == 1);
		});
	}

	@Test
	void injectWhenAllClientsAreWantedThenOursAreAmongThemOnlyWhereThereAreNone() {
		run(Consumers.class, (context) -> assertThat(collect(context)).hasSize(2));
		runner(Consumers.class).withUserConfiguration(OwnClients.class)
			.run((context) -> assertThat(collect(context)).containsExactlyInAnyOrder(context.getBean("ownWebClient"),
					context.getBean("ownRestClient")));
	}

	private static List<Object> collect(AssertableApplicationContext context) {
		All all = context.getAutowireCapableBeanFactory().createBean(All.class);
		return Stream.concat(all.webClients().stream(), all.restClients().stream()).toList();
	}

	@Test
	void injectWhenApplicationQualifiesItsOwnThenItsOwn() {
		runner(Consumers.class).withUserConfiguration(OwnQualifiedClients.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Qualified clients = context.getBean(Qualified.class);
			call(clients.webClient());
			call(clients.restClient());
			assertThat(this.server.received()).hasSize(2)
				.allMatch((headers) -> headers.getOrDefault("X-own", List.of()).equals(List.of("own")));
			assertNotAuthorized(2);
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { Empty.class, SharedBuilders.class })
	void buildWhenBuilderIsTheApplicationsThenNotAuthorized(Class<?> configuration) {
		run(configuration, (context) -> {
			// Made first, so that whatever they did to the builders is done.
			call(context.getBean(WebClient.class));
			call(context.getBean(RestClient.class));
			assertAuthorized(2);
			this.server.received().clear();
			call(context.getBean(WebClient.Builder.class).build());
			call(context.getBean(RestClient.Builder.class).build());
			assertNotAuthorized(2);
		});
	}

	@Test
	void callWhenApplicationCustomizesItsClientsThenOursAreCustomizedToo() {
		run(Customizers.class, (context) -> {
			call(context.getBean(WebClient.class));
			call(context.getBean(RestClient.class));
			assertAuthorized(2);
			assertThat(this.server.received())
				.allMatch((headers) -> headers.getOrDefault("X-own", List.of()).equals(List.of("own")));
		});
	}

	@Test
	void callWhenCustomizersSetTheHeaderThenTheirsIsKeptAndNoTokenIsRequested() {
		ZITADEL.reset();
		runner(HeaderCustomizers.class).run((context) -> {
			call(context.getBean(WebClient.class));
			call(context.getBean(RestClient.class));
			assertThat(this.server.authorizations()).containsOnly(List.of("Basic own"));
			assertThat(ZITADEL.tokenEndpoint().requestCount()).isZero();
		});
	}

	private void run(Class<?> configuration, Consumer<AssertableApplicationContext> test) {
		runner(configuration).run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(context);
		});
	}

	private ApplicationContextRunner runner(Class<?> configuration) {
		return Contexts.of(ZITADEL)
			.withPropertyValues("zitadel.service-user.allowed-hosts=" + this.server.authority())
			.withUserConfiguration(configuration);
	}

	private void call(WebClient client) {
		client.get().uri(this.server.url("/")).retrieve().toBodilessEntity().block();
	}

	private void call(RestClient client) {
		client.get().uri(this.server.url("/")).retrieve().toBodilessEntity();
	}

	private void assertAuthorized(int requests) {
		assertThat(this.server.authorizations()).hasSize(requests)
			.allMatch((values) -> values.size() == 1 && values.get(0).startsWith("Bearer "));
	}

	private void assertNotAuthorized(int requests) {
		assertThat(this.server.authorizations()).hasSize(requests).allMatch(List::isEmpty);
	}

	record Plain(WebClient webClient, RestClient restClient) {
	}

	record All(ObjectProvider<WebClient> webClients, ObjectProvider<RestClient> restClients) {
	}

	record Qualified(@ServiceUser WebClient webClient, @ServiceUser RestClient restClient) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

	@Configuration(proxyBeanMethods = false)
	static class Consumers {

		@Bean
		Plain plain(WebClient webClient, RestClient restClient) {
			return new Plain(webClient, restClient);
		}

		@Bean
		Qualified qualified(@ServiceUser WebClient webClient, @ServiceUser RestClient restClient) {
			return new Qualified(webClient, restClient);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClients {

		@Bean
		WebClient ownWebClient(WebClient.Builder builder) {
			return builder.build();
		}

		@Bean
		RestClient ownRestClient(RestClient.Builder builder) {
			return builder.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFallbackClients {

		@Bean
		@Fallback
		WebClient ownWebClient(WebClient.Builder builder) {
			return builder.build();
		}

		@Bean
		@Fallback
		RestClient ownRestClient(RestClient.Builder builder) {
			return builder.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnQualifiedClients {

		@Bean
		@ServiceUser
		WebClient ownWebClient(WebClient.Builder builder) {
			return builder.defaultHeader("X-own", "own").build();
		}

		@Bean
		@ServiceUser
		RestClient ownRestClient(RestClient.Builder builder) {
			return builder.defaultHeader("X-own", "own").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SharedBuilders {

		@Bean
		WebClient.Builder sharedWebClientBuilder() {
			return WebClient.builder();
		}

		@Bean
		RestClient.Builder sharedRestClientBuilder() {
			return RestClient.builder();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		@Bean
		WebClientCustomizer webClientCustomizer() {
			return (builder) -> builder.defaultHeader("X-own", "own");
		}

		@Bean
		RestClientCustomizer restClientCustomizer() {
			return (builder) -> builder.defaultHeader("X-own", "own");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HeaderCustomizers {

		@Bean
		WebClientCustomizer webClientCustomizer() {
			return (builder) -> builder.defaultHeader("Authorization", "Basic own");
		}

		@Bean
		RestClientCustomizer restClientCustomizer() {
			return (builder) -> builder.defaultHeader("Authorization", "Basic own");
		}

	}

}
