// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.List;

import io.github.zitadelserviceuser.client.CallHints;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our clients are what Spring Boot makes of a builder, whatever builders the application
 * has.
 */
class ClientBuilderTests {

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

	@ParameterizedTest
	@ValueSource(classes = { LoadBalanced.class, TwoBuilders.class })
	void callWhenApplicationHasBuildersThenOursAreCustomizedAndNotMadeByThem(Class<?> builders) {
		runner().withUserConfiguration(builders, Customizers.class).run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean("serviceUserRestClient", RestClient.class)
				.get()
				.uri(this.server.url("/"))
				.retrieve()
				.toBodilessEntity();
			context.getBean("serviceUserWebClient", WebClient.class)
				.get()
				.uri(this.server.url("/"))
				.retrieve()
				.toBodilessEntity()
				.block();
			assertThat(this.server.received()).hasSize(2)
				.allMatch((headers) -> headers.getOrDefault("X-own", List.of()).equals(List.of("own")));
			assertThat(this.server.authorizations())
				.allMatch((values) -> values.size() == 1 && values.get(0).startsWith("Bearer "));
		});
	}

	@Test
	void contextWhenApplicationHasHintsOfItsOwnThenThoseAreAsked() {
		CallHints own = new CallHints("own", List.of(), List.of());
		runner().withBean(CallHints.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed().getBean(CallHints.class).isSameAs(own));
	}

	private ApplicationContextRunner runner() {
		return Contexts.of(ZITADEL).withPropertyValues("zitadel.service-user.allowed-hosts=" + this.server.authority());
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

	/**
	 * Builders whose clients call nothing by its URL.
	 */
	@Configuration(proxyBeanMethods = false)
	static class LoadBalanced {

		@Bean
		RestClient.Builder balancedRestClientBuilder() {
			return RestClient.builder().requestInterceptor((request, body, execution) -> {
				throw new IllegalStateException("No instances available");
			});
		}

		@Bean
		WebClient.Builder balancedWebClientBuilder() {
			return WebClient.builder()
				.filter((request, next) -> Mono.error(new IllegalStateException("No instances available")));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoBuilders extends LoadBalanced {

		@Bean
		RestClient.Builder otherRestClientBuilder() {
			return RestClient.builder();
		}

		@Bean
		WebClient.Builder otherWebClientBuilder() {
			return WebClient.builder();
		}

	}

}
