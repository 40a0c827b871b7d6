// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which values are secret, who is asked for them, and how often.
 */
class ConfiguredSecretsTests {

	private static final String KEY = "base64:" + "QUJD".repeat(20);

	private static final String ROTATED = "base64:" + "REVG".repeat(20);

	private final MockEnvironment environment = new MockEnvironment();

	private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

	private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 10);

	private final AtomicInteger asked = new AtomicInteger();

	private final ConfiguredSecrets secrets = new ConfiguredSecrets(this.environment,
			this.beans.getBeanProvider(ZitadelServiceUserConnectionDetails.class), this.nanoTime::get);

	private String location = KEY;

	@Test
	void getWhenAskedForEachPropertyOfAnEndpointThenConnectionDetailsAreAskedOnce() {
		connectionDetails(() -> this.location);
		for (int i = 0; i < 88; i++) {
			assertThat(this.secrets.get()).containsExactly(KEY);
		}
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void getWhenKeyIsRotatedThenIsFoundASecondLater() {
		connectionDetails(() -> this.location);
		assertThat(this.secrets.get()).containsExactly(KEY);
		this.location = ROTATED;
		this.nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
		assertThat(this.secrets.get()).containsExactly(ROTATED);
		assertThat(this.asked).hasValue(2);
	}

	@Test
	void getWhenConnectionDetailsFailThenOthersAreHiddenAllTheSame() {
		connectionDetails(() -> {
			throw new IllegalStateException("The container is gone");
		});
		this.environment.setProperty("zitadel.service-user.private-key-location", KEY);
		assertThat(this.secrets.get()).containsExactly(KEY);
		assertThat(this.secrets.get()).containsExactly(KEY);
		assertThat(this.asked).hasValue(1);
		var function = new ServiceUserSecretSanitizingFunction(this.secrets::get);
		assertThat(function.apply(new SanitizableData(null, "MY_KEY", KEY)).getValue())
			.isEqualTo(SanitizableData.SANITIZED_VALUE);
		assertThat(function.apply(new SanitizableData(null, "zitadel.service-user.key-location", ROTATED)).getValue())
			.isEqualTo(SanitizableData.SANITIZED_VALUE);
		this.environment.setProperty("zitadel.service-user.key-location", ROTATED);
		this.nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
		assertThat(this.secrets.get()).containsExactlyInAnyOrder(KEY, ROTATED);
	}

	@Test
	void getThenKnowsTheValuesOfAllUsersAndNoPath() {
		this.environment.setProperty("zitadel.service-user.client-secret", "one");
		this.environment.setProperty("zitadel.service-user.client-id", "importer");
		this.environment.setProperty("zitadel.service-users.billing.personal-access-token", "two");
		this.environment.setProperty("zitadel.service-users.partner.key-location", KEY);
		this.environment.setProperty("zitadel.service-users.other.client-secret-location", "/etc/secret");
		this.environment.setProperty("zitadel.service-users.another.personal-access-token-location", "base64:VA==");
		assertThat(this.secrets.get()).containsExactlyInAnyOrder("one", "two", KEY, "base64:VA==");
	}

	@Test
	void getThenKnowsTheHeadersOfAllUsersUnlessTheyAreShort() {
		this.environment.setProperty("zitadel.service-user.headers.x-key", "one-two-three");
		this.environment.setProperty("zitadel.service-user.headers.x-stage", "prod");
		this.environment.setProperty("zitadel.service-users.billing.headers[X-Key]", "four-five-six");
		connectionDetails(() -> "/etc/key.json");
		assertThat(this.secrets.get()).containsExactlyInAnyOrder("one-two-three", "four-five-six", "seven-eight-nine");
	}

	private void connectionDetails(Supplier<String> keyLocation) {
		this.beans.addBean("details", new ZitadelServiceUserConnectionDetails() {

			@Override
			public String getIssuerUri() {
				return "https://zitadel.example";
			}

			@Override
			public String getKeyLocation() {
				ConfiguredSecretsTests.this.asked.incrementAndGet();
				return keyLocation.get();
			}

			@Override
			public Map<String, String> getHeaders() {
				return keyLocation.get().equals("/etc/key.json") ? Map.of("x-key", "seven-eight-nine") : Map.of();
			}

		});
	}

}
