// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;

import static org.assertj.core.api.Assertions.assertThat;

class SharedResourcesTests {

	private static final HttpClientSettings FOLLOWING = HttpClientSettings.defaults()
		.withReadTimeout(Duration.ofSeconds(5))
		.withRedirects(HttpRedirects.FOLLOW);

	private static final HttpClientSettings NOT_FOLLOWING = FOLLOWING.withRedirects(HttpRedirects.DONT_FOLLOW);

	private final List<HttpClientSettings> settings = new ArrayList<>();

	@Test
	void requestFactoryWhenSettingsFollowRedirectsThenFollowsNoneAndIsClosedWithTheRest() {
		SharedResources shared = SharedResources.builder().settings(FOLLOWING).requestFactoryBuilder((settings) -> {
			this.settings.add(settings);
			return new Closeable();
		}).build();
		Closeable ofAll = (Closeable) shared.requestFactory();
		assertThat(shared.requestFactory()).isSameAs(ofAll);
		Closeable first = (Closeable) shared.requestFactory(FOLLOWING);
		Closeable second = (Closeable) shared.requestFactory(FOLLOWING);
		assertThat(this.settings).containsExactly(NOT_FOLLOWING, NOT_FOLLOWING, NOT_FOLLOWING);
		assertThat(List.of(ofAll, first, second)).doesNotHaveDuplicates().noneMatch((factory) -> factory.closed);
		shared.close();
		assertThat(List.of(ofAll, first, second)).allMatch((factory) -> factory.closed);
	}

	@Test
	void connectorWhenSettingsFollowRedirectsThenFollowsNone() {
		try (SharedResources shared = SharedResources.builder().connectorBuilder(() -> (settings) -> {
			this.settings.add(settings);
			return new JdkClientHttpConnector();
		}).build()) {
			assertThat(shared.connector()).isSameAs(shared.connector());
			assertThat(shared.connector(FOLLOWING)).isNotSameAs(shared.connector(FOLLOWING));
			assertThat(this.settings).hasSize(3).endsWith(NOT_FOLLOWING, NOT_FOLLOWING);
		}
	}

	private static final class Closeable implements ClientHttpRequestFactory, DisposableBean {

		private boolean closed;

		@Override
		public ClientHttpRequest createRequest(URI uri, HttpMethod httpMethod) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void destroy() {
			this.closed = true;
		}

	}

}
