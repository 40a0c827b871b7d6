// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.observability;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.integration.Applications;
import io.github.zitadelserviceuser.integration.DoNoHarmContract;
import io.github.zitadelserviceuser.token.TokenSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationRegistryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

class ObservabilityDoNoHarmTests extends DoNoHarmContract {

	ObservabilityDoNoHarmTests() {
		super(ObservabilityApplication.class, WebApplicationType.SERVLET);
	}

	@Test
	void startWhenThoseWhoMakeMetricsWantTokensThenTheyGetThem() {
		try (FakeZitadel zitadel = FakeZitadel.start();
				ConfigurableApplicationContext context = Applications.start(WithMetricsThatWantTokens.class, zitadel)) {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(zitadel.tokenEndpoint().requestCount()).isZero();
			assertThat(registry.get("mine").gauge().value()).isOne();
			assertThat(zitadel.tokenEndpoint().requestCount()).isOne();
			assertThat(registry.get("zitadel.service.user.token.requests").tag("outcome", "SUCCESS").timer().count())
				.isOne();
		}
	}

	/**
	 * Everybody around the registries has the token source injected.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(ObservabilityApplication.class)
	static class WithMetricsThatWantTokens {

		@Bean
		MeterBinder binder(TokenSource tokenSource) {
			return (registry) -> Gauge
				.builder("mine", tokenSource, (source) -> source.await().value().isEmpty() ? 0 : 1)
				.register(registry);
		}

		@Bean
		MeterRegistryCustomizer<MeterRegistry> meterRegistryCustomizer(TokenSource tokenSource) {
			return (registry) -> assertThat(tokenSource).isNotNull();
		}

		@Bean
		ObservationRegistryCustomizer<?> observationRegistryCustomizer(TokenSource tokenSource) {
			return (registry) -> assertThat(tokenSource).isNotNull();
		}

	}

}
