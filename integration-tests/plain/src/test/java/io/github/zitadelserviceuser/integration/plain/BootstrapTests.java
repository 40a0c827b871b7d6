// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.plain;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.RecordingServer;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.BootstrapRegistry.InstanceSupplier;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A service user by hand, as a client of a configuration server needs one: before there
 * is an application context, and no longer than until there is.
 */
class BootstrapTests {

	private final FakeZitadel zitadel = FakeZitadel.start();

	private final RecordingServer configServer = RecordingServer.start();

	private final AtomicReference<ServiceUserClient> user = new AtomicReference<>();

	@AfterEach
	void stop() {
		this.zitadel.close();
		this.configServer.close();
	}

	@Test
	void runWhenConfigurationIsFetchedBlockingThenAuthorized() {
		assertConfigured((user, url) -> user.restClient().get().uri(url).retrieve().body(String.class));
	}

	@Test
	void runWhenConfigurationIsFetchedReactivelyThenAuthorized() {
		assertConfigured(
				(user, url) -> user.webClient().get().uri(url).retrieve().bodyToMono(String.class).toFuture().join());
	}

	@Test
	void runWhenContextIsThereThenTheUserIsClosed() {
		try (ConfigurableApplicationContext context = run((user, url) -> "nothing asked")) {
			assertThat(context.isRunning()).isTrue();
			assertThatExceptionOfType(TokenRequestException.class).isThrownBy(this.user.get().tokenSource()::await)
				.matches((ex) -> ex.getReason() == TokenRequestException.Reason.CANCELLED);
			assertThat(this.zitadel.discovery().requestCount()).isZero();
		}
	}

	@Test
	void runWhenNobodyAsksForTheUserThenItsKeyIsNotRead() {
		SpringApplication application = application();
		application.addBootstrapRegistryInitializer(new ConfigServerUser("", "no-such-file", ""));
		try (ConfigurableApplicationContext context = application.run()) {
			assertThat(context.isRunning()).isTrue();
		}
	}

	@Test
	void runWhenAnotherUserIsRegisteredThenThatOneIsKept() {
		SpringApplication application = application();
		try (ServiceUserClient own = ServiceUserClient.builder()
			.issuerUri(this.zitadel.issuer())
			.keyLocation(this.zitadel.serviceUser().keyFile().toString())
			.build()) {
			application.addBootstrapRegistryInitializer(
					(registry) -> registry.register(ServiceUserClient.class, InstanceSupplier.of(own)));
			application.addBootstrapRegistryInitializer(new ConfigServerUser("", "no-such-file", ""));
			application.addListeners(fetching((user, url) -> user.name()));
			try (ConfigurableApplicationContext context = application.run()) {
				assertThat(context.getEnvironment().getProperty("fetched")).isEqualTo("default");
			}
		}
	}

	private void assertConfigured(BiFunction<ServiceUserClient, String, String> fetch) {
		try (ConfigurableApplicationContext context = run(fetch)) {
			assertThat(context.getEnvironment().getProperty("fetched")).isEqualTo("answered");
			assertThat(this.configServer.calls()).hasSize(1)
				.allMatch((call) -> call.authorization()
					.equals(List.of("Bearer " + this.zitadel.issuedTokens().get(0).value())));
			assertThat(this.zitadel.tokenRequests()).hasSize(1);
		}
	}

	private ConfigurableApplicationContext run(BiFunction<ServiceUserClient, String, String> fetch) {
		SpringApplication application = application();
		application.addBootstrapRegistryInitializer(new ConfigServerUser(this.zitadel.issuer(),
				this.zitadel.serviceUser().keyFile().toString(), this.configServer.authority()));
		application.addListeners(fetching(fetch));
		return application.run();
	}

	private ApplicationListener<ApplicationEnvironmentPreparedEvent> fetching(
			BiFunction<ServiceUserClient, String, String> fetch) {
		return (event) -> {
			ServiceUserClient registered = event.getBootstrapContext().get(ServiceUserClient.class);
			this.user.set(registered);
			String fetched = fetch.apply(registered, this.configServer.url("/application/default"));
			event.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource("fetched", Map.of("fetched", fetched)));
		};
	}

	private static SpringApplication application() {
		SpringApplication application = new SpringApplication(PlainApplication.class);
		application.setDefaultProperties(Map.of("spring.main.banner-mode", "off"));
		return application;
	}

}
