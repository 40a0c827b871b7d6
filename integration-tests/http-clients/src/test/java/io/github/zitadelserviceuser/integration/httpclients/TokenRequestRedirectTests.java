// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.httpclients;

import java.net.http.HttpClient;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.TokenRequestFactoryBuilderCustomizer;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JettyClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ReactorClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A token request follows no redirect, whatever the application tells a library of its
 * own or that of the token requests alone.
 */
class TokenRequestRedirectTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final Host elsewhere = new Host("localhost");

	@AfterEach
	void stop() {
		this.elsewhere.close();
		this.zitadel.close();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void requestWhenTheLibraryOfAllIsToldToFollowThenDoesNot(Library library) {
		assertNotFollowed(library, Following.class);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "BLOCKING_.*")
	void requestWhenTheLibraryOfTokenRequestsIsToldToFollowThenDoesNot(Library library) {
		assertNotFollowed(library, TokenRequestsFollowing.class);
	}

	private void assertNotFollowed(Library library, Class<?> configuration) {
		try (ConfigurableApplicationContext application = library.start(this.zitadel,
				new Class<?>[] { configuration })) {
			TokenSource tokens = application.getBean(TokenSource.class);
			this.zitadel.tokenEndpoint()
				.answerNext(1, FakeAnswer.text(307, "").withHeader("Location", this.elsewhere.uri("/").toString()));
			assertThatExceptionOfType(TokenRequestException.class).isThrownBy(tokens::await)
				.withMessageContaining("is not followed");
			assertThat(this.elsewhere.received()).isEmpty();
		}
	}

	static class Following {

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<JdkClientHttpRequestFactoryBuilder> jdk() {
			return (builder) -> builder
				.withHttpClientCustomizer((client) -> client.followRedirects(HttpClient.Redirect.ALWAYS));
		}

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> httpComponents() {
			return (builder) -> builder
				.withDefaultRequestConfigCustomizer((request) -> request.setRedirectsEnabled(true))
				.withHttpClientCustomizer((client) -> client.setRedirectStrategy(new DefaultRedirectStrategy()));
		}

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<JettyClientHttpRequestFactoryBuilder> jetty() {
			return (builder) -> builder.withHttpClientCustomizer((client) -> client.setFollowRedirects(true));
		}

		@Bean
		ClientHttpRequestFactoryBuilderCustomizer<ReactorClientHttpRequestFactoryBuilder> reactor() {
			return (builder) -> builder.withHttpClientCustomizer((client) -> client.followRedirect(true));
		}

	}

	static class TokenRequestsFollowing {

		@Bean
		TokenRequestFactoryBuilderCustomizer following() {
			return TokenRequestsFollowing::following;
		}

		private static ClientHttpRequestFactoryBuilder<?> following(ClientHttpRequestFactoryBuilder<?> builder) {
			Following following = new Following();
			if (builder instanceof JdkClientHttpRequestFactoryBuilder jdk) {
				return following.jdk().customize(jdk);
			}
			if (builder instanceof HttpComponentsClientHttpRequestFactoryBuilder httpComponents) {
				return following.httpComponents().customize(httpComponents);
			}
			if (builder instanceof JettyClientHttpRequestFactoryBuilder jetty) {
				return following.jetty().customize(jetty);
			}
			return (builder instanceof ReactorClientHttpRequestFactoryBuilder reactor)
					? following.reactor().customize(reactor) : builder;
		}

	}

}
