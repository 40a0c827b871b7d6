// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.time.Duration;
import java.util.List;

import io.github.zitadelserviceuser.autoconfigure.Contexts;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.observation.RecordedObservations;
import io.github.zitadelserviceuser.observation.TokenRequestObservationConvention;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenResponse;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What those who watch get, and what is there without them.
 */
class ObservabilityTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private final RecordedObservations observations = new RecordedObservations();

	@BeforeEach
	void reset() {
		ZITADEL.reset();
	}

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void observeWhenThereIsARegistryThenTokenRequestsAreObserved() {
		observed().run((context) -> {
			context.getBean(TokenSource.class).await();
			assertThat(this.observations.tokenRequests()).hasSize(1);
		});
	}

	@Test
	void observeWhenGrantIsTheApplicationsOwnThenObservedToo() {
		observed().withBean(TokenGrant.class, () -> () -> new TokenResponse("mine", Duration.ofHours(1)))
			.run((context) -> {
				assertThat(context.getBean(TokenSource.class).await().value()).isEqualTo("mine");
				assertThat(this.observations.tokenRequests()).hasSize(1);
			});
	}

	@Test
	void observeWhenThereIsAConventionThenItsNames() {
		observed().withBean(TokenRequestObservationConvention.class, () -> new TokenRequestObservationConvention() {

			@Override
			public String getName() {
				return "mine";
			}

		}).run((context) -> {
			context.getBean(TokenSource.class).await();
			assertThat(this.observations.tokenRequests()).extracting(Observation.Context::getName)
				.containsExactly("mine");
		});
	}

	@Test
	void metricsThenTheyFollowTheToken() {
		runner().run((context) -> {
			MeterRegistry registry = new SimpleMeterRegistry();
			context.getBean(MeterBinder.class).bindTo(registry);
			assertThat(registry.get("zitadel.service.user.token.expiry").timeGauge().value()).isNaN();
			ZITADEL.tokenEndpoint().answerNext(1, FakeAnswer.oauthError(400, "invalid_request", "no"));
			RefreshingTokenSource source = (RefreshingTokenSource) context.getBean(TokenSource.class);
			assertThatExceptionOfType(TokenRequestException.class).isThrownBy(source::await);
			// Listeners are told after the callers.
			FunctionCounter refused = registry.get("zitadel.service.user.token.failures")
				.tag("reason", "refused")
				.functionCounter();
			Awaitility.await().untilAsserted(() -> assertThat(refused.count()).isOne());
			Awaitility.await()
				.ignoreExceptionsInstanceOf(TokenRequestException.class)
				.until(() -> !source.await().value().isEmpty());
			assertThat(registry.get("zitadel.service.user.token.expiry").timeGauge().value()).isBetween(43_000.0,
					43_200.0);
			assertThat(registry.get("zitadel.service.user.key.expiry").timeGauge().value()).isPositive();
		});
	}

	@Test
	void metricsWhenTokenSourceIsTheApplicationsOwnThenNone() {
		runner()
			.withBean(TokenSource.class,
					() -> RefreshingTokenSource.builder(() -> new TokenResponse("mine", Duration.ofHours(1))).build(),
					Contexts.qualified())
			.run((context) -> assertThat(meters(context)).isEmpty());
	}

	@Test
	void metricsWhenThereAreSeveralUsersThenTheTagTellsThemApart() {
		FakeServiceUser billing = ZITADEL.createServiceUser("billing");
		runner().withPropertyValues("zitadel.service-users.billing.key-location=" + billing.keyFile())
			.run((context) -> {
				MeterRegistry registry = new SimpleMeterRegistry();
				context.getBean(MeterBinder.class).bindTo(registry);
				ServiceUsers users = context.getBean(ServiceUsers.class);
				users.get("billing").tokenSource().await();
				Awaitility.await().untilAsserted(() -> assertThat(obtained(registry, "billing")).isOne());
				assertThat(obtained(registry, "default")).isZero();
				int before = registry.getMeters().size();
				for (int round = 0; round < 3; round++) {
					ServiceUserClient tenant = users.create("tenant",
							(user) -> user.keyLocation(billing.keyFile().toString()));
					tenant.tokenSource().await();
					Awaitility.await().untilAsserted(() -> assertThat(obtained(registry, "tenant")).isOne());
					tenant.close();
					assertThat(registry.getMeters()).hasSize(before);
				}
			});
	}

	private static double obtained(MeterRegistry registry, String user) {
		return registry.get("zitadel.service.user.token.obtained").tag("service.user", user).functionCounter().count();
	}

	private static List<Meter> meters(ApplicationContext context) {
		MeterRegistry registry = new SimpleMeterRegistry();
		context.getBean(MeterBinder.class).bindTo(registry);
		return registry.getMeters();
	}

	@Test
	void startWithoutMicrometersMetricsThenTokensAllTheSame() {
		assertWorks(observed().withClassLoader(new FilteredClassLoader("io.micrometer.core")));
		assertThat(this.observations.tokenRequests()).hasSize(1);
	}

	@Test
	void startWithoutARegistryThenTokensAllTheSame() {
		assertWorks(runner());
	}

	@Test
	void startWithTwoRegistriesThenTokensAllTheSame() {
		assertWorks(observed().withBean("another", ObservationRegistry.class, ObservationRegistry::create));
	}

	@Test
	void startWithTwoRegistriesWhenVerifiedThenStarts() {
		observed().withBean("another", ObservationRegistry.class, ObservationRegistry::create)
			.withPropertyValues("zitadel.service-user.verify-on-startup=true")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(ZITADEL.userInfo().requestCount()).isOne();
			});
	}

	@Test
	void startWithoutActuatorThenTokensAllTheSame() {
		runner().withClassLoader(new FilteredClassLoader(SanitizingFunction.class))
			.run((context) -> assertThat(meters(context)).isNotEmpty());
		assertWorks(runner().withClassLoader(new FilteredClassLoader(SanitizingFunction.class)));
	}

	@Test
	void startWhenSwitchedOffThenNoMetersAndTheKeyIsHiddenAllTheSame() {
		String content = ZITADEL.serviceUser().key().base64();
		runner()
			.withPropertyValues("zitadel.service-user.enabled=false", "MY_KEY=" + content,
					"zitadel.service-user.key-location=base64:${MY_KEY}")
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(MeterBinder.class);
				assertHidden(context, content);
			});
	}

	@Test
	void sanitizeWhenConnectionDetailsHaveTheKeyThenHidden() {
		String content = ZITADEL.serviceUser().key().base64();
		runner().withBean(ZitadelServiceUserConnectionDetails.class, () -> new ZitadelServiceUserConnectionDetails() {

			@Override
			public String getIssuerUri() {
				return ZITADEL.issuer();
			}

			@Override
			public String getKeyLocation() {
				return "base64:" + content;
			}

		}).run((context) -> assertHidden(context, content));
	}

	@Test
	void sanitizeWhenNoKeyIsConfiguredThenOthersAreShown() {
		Contexts.unconfigured()
			.withConfiguration(AutoConfigurations.of(ZitadelServiceUserActuatorAutoConfiguration.class))
			.withPropertyValues("zitadel.service-user.issuer-uri=" + ZITADEL.issuer(),
					"zitadel.service-user.key-location= ")
			.withBean(TokenSource.class,
					() -> RefreshingTokenSource.builder(() -> new TokenResponse("mine", Duration.ofHours(1))).build(),
					Contexts.qualified())
			.run((context) -> assertThat(sanitize(context, "x".repeat(100))).isEqualTo("x".repeat(100)));
	}

	private static void assertHidden(ApplicationContext context, String content) {
		assertThat(sanitize(context, content)).isEqualTo(SanitizableData.SANITIZED_VALUE);
		assertThat(sanitize(context, "other")).isEqualTo("other");
	}

	private static Object sanitize(ApplicationContext context, String value) {
		return context.getBean(SanitizingFunction.class).apply(new SanitizableData(null, "MY_KEY", value)).getValue();
	}

	private ApplicationContextRunner observed() {
		return runner().withBean("registry", ObservationRegistry.class, this.observations::registry);
	}

	private static ApplicationContextRunner runner() {
		return Contexts.of(ZITADEL)
			.withConfiguration(AutoConfigurations.of(ZitadelServiceUserMetricsAutoConfiguration.class,
					ZitadelServiceUserActuatorAutoConfiguration.class));
	}

	private static void assertWorks(ApplicationContextRunner runner) {
		runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(TokenSource.class).await().value()).isNotEmpty();
		});
	}

}
