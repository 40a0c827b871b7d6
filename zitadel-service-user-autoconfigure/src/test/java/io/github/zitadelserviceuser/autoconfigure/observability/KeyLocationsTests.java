// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

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
 * Who is asked for the locations of the key, and how often.
 */
class KeyLocationsTests {

	private static final String KEY = "base64:" + "QUJD".repeat(20);

	private static final String ROTATED = "base64:" + "REVG".repeat(20);

	private final MockEnvironment environment = new MockEnvironment();

	private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

	private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 10);

	private final AtomicInteger asked = new AtomicInteger();

	private final KeyLocations locations = new KeyLocations(this.environment,
			this.beans.getBeanProvider(ZitadelServiceUserConnectionDetails.class), this.nanoTime::get);

	private String location = KEY;

	@Test
	void getWhenAskedForEachPropertyOfAnEndpointThenConnectionDetailsAreAskedOnce() {
		connectionDetails(() -> this.location);
		for (int i = 0; i < 88; i++) {
			assertThat(this.locations.get()).containsExactly(KEY);
		}
		assertThat(this.asked).hasValue(1);
	}

	@Test
	void getWhenKeyIsRotatedThenIsFoundASecondLater() {
		connectionDetails(() -> this.location);
		assertThat(this.locations.get()).containsExactly(KEY);
		this.location = ROTATED;
		this.nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
		assertThat(this.locations.get()).containsExactly(ROTATED);
		assertThat(this.asked).hasValue(2);
	}

	@Test
	void getWhenConnectionDetailsFailThenOthersAreHiddenAllTheSame() {
		connectionDetails(() -> {
			throw new IllegalStateException("The container is gone");
		});
		this.environment.setProperty("zitadel.service-user.private-key-location", KEY);
		assertThat(this.locations.get()).containsExactly(KEY);
		assertThat(this.locations.get()).containsExactly(KEY);
		assertThat(this.asked).hasValue(1);
		var function = new ServiceUserKeySanitizingFunction(this.locations::get);
		assertThat(function.apply(new SanitizableData(null, "MY_KEY", KEY)).getValue())
			.isEqualTo(SanitizableData.SANITIZED_VALUE);
		assertThat(function.apply(new SanitizableData(null, "zitadel.service-user.key-location", ROTATED)).getValue())
			.isEqualTo(SanitizableData.SANITIZED_VALUE);
		this.environment.setProperty("zitadel.service-user.key-location", ROTATED);
		this.nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
		assertThat(this.locations.get()).containsExactlyInAnyOrder(KEY, ROTATED);
	}

	private void connectionDetails(Supplier<String> keyLocation) {
		this.beans.addBean("details", new ZitadelServiceUserConnectionDetails() {

			@Override
			public String getIssuerUri() {
				return "https://zitadel.example";
			}

			@Override
			public String getKeyLocation() {
				KeyLocationsTests.this.asked.incrementAndGet();
				return keyLocation.get();
			}

		});
	}

}
