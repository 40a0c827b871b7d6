// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.util.List;

import io.github.zitadelserviceuser.autoconfigure.Contexts;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUserCustomizer;
import io.github.zitadelserviceuser.user.ServiceUsers;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The meters and the health of service users that come and go while the application runs.
 */
class ServiceUsersMetricsTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner runner = Contexts.of(ZITADEL)
		.withConfiguration(AutoConfigurations.of(ZitadelServiceUserMetricsAutoConfiguration.class,
				ZitadelServiceUserHealthContributorAutoConfiguration.class));

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@Test
	void createWhenManyComeAndGoThenMetersAndHealthAreAsBefore() {
		this.runner.run((context) -> {
			context.getBean(ServiceUsersMetrics.class).bindTo(this.registry);
			ServiceUsersHealthContributor health = context.getBean(ServiceUsersHealthContributor.class);
			List<Meter.Id> before = meters();
			assertThat(before).isNotEmpty();
			ServiceUsers users = context.getBean(ServiceUsers.class);
			for (int i = 0; i < 20; i++) {
				ServiceUserClient tenant = create(users, "tenant-" + i);
				assertThat(meters()).hasSize(2 * before.size());
				assertThat(health.getContributor(tenant.name())).isNotNull();
				tenant.close();
				assertThat(health.getContributor(tenant.name())).isNull();
			}
			assertThat(meters()).containsExactlyInAnyOrderElementsOf(before);
		});
	}

	@Test
	void createWhenManyRequestATokenAndGoThenNoTimerIsLeftOfThem() {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(this.registry));
		this.runner.withBean(ObservationRegistry.class, () -> observations).run((context) -> {
			context.getBean(ServiceUsersMetrics.class).bindTo(this.registry);
			ServiceUsers users = context.getBean(ServiceUsers.class);
			users.get("default").tokenSource().await();
			List<Meter.Id> before = meters();
			assertThat(before).extracting(Meter.Id::getName).contains("zitadel.service.user.token.requests");
			for (int i = 0; i < 50; i++) {
				ServiceUserClient tenant = create(users, "tenant-" + i);
				tenant.tokenSource().await();
				assertThat(this.registry.get("zitadel.service.user.token.requests")
					.tag("service.user", tenant.name())
					.timer()
					.count()).isOne();
				tenant.close();
			}
			assertThat(meters()).containsExactlyInAnyOrderElementsOf(before);
		});
	}

	@Test
	void createWhenItFailsLateThenItHasNoMeters() {
		this.runner.withBean(ServiceUserCustomizer.class, () -> (name, user) -> user.onBuild((client) -> {
			if (name.equals("tenant")) {
				throw new IllegalStateException("late");
			}
		})).run((context) -> {
			context.getBean(ServiceUsersMetrics.class).bindTo(this.registry);
			List<Meter.Id> before = meters();
			ServiceUsers users = context.getBean(ServiceUsers.class);
			assertThatIllegalStateException().isThrownBy(() -> create(users, "tenant")).withMessage("late");
			assertThat(meters()).containsExactlyInAnyOrderElementsOf(before);
			assertThat(users.names()).containsExactly("default");
		});
	}

	private List<Meter.Id> meters() {
		return this.registry.getMeters().stream().map(Meter::getId).toList();
	}

	private static ServiceUserClient create(ServiceUsers users, String name) {
		return users.create(name, (user) -> user.keyLocation(ZITADEL.serviceUser().keyFile().toString()));
	}

}
