// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.metrics;

import java.security.interfaces.RSAPrivateKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the meters say.
 */
class ServiceUserMetricsTests {

	private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

	private final AtomicReference<TokenStatus> token = new AtomicReference<>();

	private final AtomicReference<ServiceUserKey> key = new AtomicReference<>();

	private final ServiceUserMetrics metrics = new ServiceUserMetrics("default", this.token::get, this.key::get,
			Clock.fixed(NOW, ZoneOffset.UTC));

	private final MeterRegistry registry = new SimpleMeterRegistry();

	@BeforeEach
	void bind() {
		this.metrics.bindTo(this.registry);
	}

	@ParameterizedTest
	@EnumSource
	void onFailedThenCountedByReason(Reason reason) {
		assertThat(failures(reason)).isZero();
		this.metrics.onFailed(new TokenRequestException(reason, "no"));
		this.metrics.onFailed(new TokenRequestException(reason, "no"));
		assertThat(failures(reason)).isEqualTo(2);
		for (Reason other : Reason.values()) {
			assertThat(failures(other)).isEqualTo((other != reason) ? 0 : 2);
		}
	}

	@Test
	void onObtainedAndRefreshedThenCountedFromZero() {
		AccessToken token = new AccessToken("secret", NOW, NOW.plusSeconds(1));
		assertThat(counter("token.obtained")).isZero();
		this.metrics.onObtained(token);
		assertThat(counter("token.obtained")).isOne();
		this.metrics.onRefreshed(token);
		assertThat(counter("token.obtained")).isEqualTo(2);
	}

	@Test
	void onRejectedThenCounted() {
		assertThat(counter("token.rejections")).isZero();
		this.metrics.onRejected(new AccessToken("secret", NOW, NOW.plusSeconds(1)));
		assertThat(counter("token.rejections")).isOne();
	}

	@Test
	void bindWhenSomethingHappenedBeforeThenCountedInEachRegistry() {
		this.metrics.onRejected(new AccessToken("secret", NOW, NOW.plusSeconds(1)));
		MeterRegistry second = new SimpleMeterRegistry();
		this.metrics.bindTo(second);
		assertThat(second.get("zitadel.service.user.token.rejections").functionCounter().count()).isOne();
		assertThat(counter("token.rejections")).isOne();
	}

	@Test
	void tokenExpiryWhenNothingIsHeldThenNotANumberAndThenSeconds() {
		assertThat(gauge("token.expiry")).isNaN();
		this.token.set(new TokenStatus(null, true, null));
		assertThat(gauge("token.expiry")).isNaN();
		this.token.set(held(NOW.plusSeconds(90)));
		assertThat(gauge("token.expiry")).isEqualTo(90);
		this.token.set(held(NOW.minusSeconds(5)));
		assertThat(gauge("token.expiry")).isEqualTo(-5);
	}

	@Test
	void keyExpiryWhenUnknownOrNeverThenNotANumberAndThenSeconds() {
		assertThat(gauge("key.expiry")).isNaN();
		this.key.set(key(null));
		assertThat(gauge("key.expiry")).isNaN();
		this.key.set(key(Instant.parse("9999-12-31T23:59:59Z")));
		assertThat(gauge("key.expiry")).isNaN();
		this.key.set(key(NOW.plusSeconds(86_400)));
		assertThat(gauge("key.expiry")).isEqualTo(86_400);
	}

	private double failures(Reason reason) {
		return this.registry.get("zitadel.service.user.token.failures")
			.tag("reason", reason.name().toLowerCase())
			.functionCounter()
			.count();
	}

	private double counter(String name) {
		return this.registry.get("zitadel.service.user." + name).functionCounter().count();
	}

	private double gauge(String name) {
		return this.registry.get("zitadel.service.user." + name).timeGauge().value();
	}

	private static TokenStatus held(Instant expiresAt) {
		return new TokenStatus(new TokenStatus.Held(NOW, NOW, expiresAt, expiresAt, false, true, true), false, null);
	}

	private static ServiceUserKey key(Instant expirationDate) {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			FakeServiceUserKey key = zitadel.serviceUser().key();
			return new ServiceUserKey(key.userId(), key.keyId(), (RSAPrivateKey) key.privateKey(), expirationDate);
		}
	}

}
