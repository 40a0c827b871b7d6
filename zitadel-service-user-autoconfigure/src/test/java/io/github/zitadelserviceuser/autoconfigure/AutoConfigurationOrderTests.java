// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.Test;
import org.library.LibraryAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.service.ReactiveHttpServiceClientAutoConfiguration;
import org.springframework.util.ClassUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our clients keep no other auto-configuration from its own.
 */
class AutoConfigurationOrderTests {

	@Test
	void contextWhenAnotherBacksOffFromClientsThenItHasItsOwn() {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			new ApplicationContextRunner().withConfiguration(all())
				.withPropertyValues(Contexts.properties(zitadel))
				.run((context) -> {
					assertThat(context).hasNotFailed().hasBean("serviceUserRestClient").hasBean("serviceUserWebClient");
					assertThat(context.getBean(RestClient.class)).isSameAs(context.getBean("libraryRestClient"));
					assertThat(context.getBean(WebClient.class)).isSameAs(context.getBean("libraryWebClient"));
				});
		}
	}

	// All of ours and those of Spring Boot that they follow.
	private static AutoConfigurations all() {
		ClassLoader classLoader = AutoConfigurationOrderTests.class.getClassLoader();
		Stream<Class<?>> ours = ImportCandidates.load(AutoConfiguration.class, classLoader)
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("io.github.zitadelserviceuser.autoconfigure."))
			.map((name) -> ClassUtils.resolveClassName(name, classLoader));
		Stream<Class<?>> others = Stream.of(LibraryAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ImperativeHttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
				RestClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				HttpServiceClientAutoConfiguration.class, ReactiveHttpServiceClientAutoConfiguration.class);
		return AutoConfigurations.of(Stream.concat(ours, others).toArray(Class<?>[]::new));
	}

}
