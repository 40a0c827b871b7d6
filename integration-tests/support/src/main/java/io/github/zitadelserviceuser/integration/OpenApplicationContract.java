// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration;

import java.util.Objects;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A web application without a login stays open to everybody, and its clients stay the
 * same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OpenApplicationContract {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final Class<?> application;

	private final Class<?> requestFactoryBuilder;

	private final Class<?> connectorBuilder;

	private @Nullable ConfigurableApplicationContext context;

	/**
	 * Create the tests of an application.
	 * @param application its main class, with a page {@code /hello}
	 * @param requestFactoryBuilder how its blocking clients connect without the starter
	 * @param connectorBuilder how its reactive clients connect without the starter
	 */
	protected OpenApplicationContract(Class<?> application, Class<?> requestFactoryBuilder, Class<?> connectorBuilder) {
		this.application = application;
		this.requestFactoryBuilder = requestFactoryBuilder;
		this.connectorBuilder = connectorBuilder;
	}

	@BeforeAll
	void start() {
		this.context = Applications.start(this.application, this.zitadel);
	}

	@AfterAll
	void stop() {
		context().close();
		this.zitadel.close();
	}

	@Test
	void getWhenNobodyHasLoggedInThenEndpointAnswers() {
		Http.Answer answer = Http.get(context(), "/hello");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo("hello");
		assertThat(answer.challenge()).isEmpty();
		assertThat(answer.location()).isEmpty();
		assertThat(answer.cookie()).isEmpty();
	}

	@Test
	void getWhenPathIsUnknownThenNotFoundAndNoLogin() {
		assertThat(Http.get(context(), "/login").status()).isEqualTo(404);
		assertThat(Http.get(context(), "/logout").status()).isEqualTo(404);
		assertThat(Http.get(context(), "/oauth2/authorization/zitadel").status()).isEqualTo(404);
	}

	@Test
	void startThenClientsUseTheSameLibraryAsWithoutTheStarter() {
		assertThat(context().getBeanProvider(ClientHttpRequestFactoryBuilder.class)
			.getIfAvailable(ClientHttpRequestFactoryBuilder::detect)).isInstanceOf(this.requestFactoryBuilder);
		assertThat(context().getBean(ClientHttpConnectorBuilder.class)).isInstanceOf(this.connectorBuilder);
	}

	private ConfigurableApplicationContext context() {
		return Objects.requireNonNull(this.context);
	}

}
