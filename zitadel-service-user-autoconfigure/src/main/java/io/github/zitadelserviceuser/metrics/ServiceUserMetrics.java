// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.metrics;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenListener;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Counts tokens, failures and rejections, and tells how long token and key will last. It
 * counts from the start on, whenever it is bound to a registry and to however many, and
 * to read a meter neither requests a token nor reads a key.
 *
 * @since 0.1.0
 */
public final class ServiceUserMetrics implements TokenListener, MeterBinder {

	private static final String PREFIX = "zitadel.service.user.";

	private final String serviceUser;

	private final Map<Reason, LongAdder> failures;

	private final LongAdder obtained = new LongAdder();

	private final LongAdder rejections = new LongAdder();

	private final Supplier<@Nullable TokenStatus> token;

	private final Supplier<@Nullable ServiceUserKey> key;

	private final Clock clock;

	/**
	 * Create new metrics.
	 * @param serviceUser the name of the service user, the tag {@code service.user}
	 * @param token what is held, or {@code null} if that is not known; asked whenever the
	 * meters are read
	 * @param key the key in use, or {@code null} if that is not known; asked whenever the
	 * meters are read
	 * @param clock the clock to compare expiry with
	 */
	public ServiceUserMetrics(String serviceUser, Supplier<@Nullable TokenStatus> token,
			Supplier<@Nullable ServiceUserKey> key, Clock clock) {
		Map<Reason, LongAdder> failures = new EnumMap<>(Reason.class);
		for (Reason reason : Reason.values()) {
			failures.put(reason, new LongAdder());
		}
		this.serviceUser = serviceUser;
		this.failures = Collections.unmodifiableMap(failures);
		this.token = token;
		this.key = key;
		this.clock = clock;
	}

	@Override
	public void onObtained(AccessToken token) {
		this.obtained.increment();
	}

	@Override
	public void onRefreshed(AccessToken token) {
		this.obtained.increment();
	}

	@Override
	public void onFailed(TokenRequestException failure) {
		counterOf(failure.getReason()).increment();
	}

	@Override
	public void onRejected(AccessToken token) {
		this.rejections.increment();
	}

	// Every counter is there from the start, so that the first event is seen as an
	// increase. (A timer comes into being with its first value.)
	@Override
	public void bindTo(MeterRegistry registry) {
		this.failures.forEach((reason, count) -> FunctionCounter
			.builder(PREFIX + "token.failures", this, (metrics) -> metrics.counterOf(reason).doubleValue())
			.description("Attempts to obtain a token that failed")
			.tag("reason", reason.name().toLowerCase(Locale.ROOT))
			.tag("service.user", this.serviceUser)
			.register(registry));
		FunctionCounter.builder(PREFIX + "token.obtained", this, (metrics) -> metrics.obtained.doubleValue())
			.description("Tokens that were obtained, the first and each refreshed one")
			.tag("service.user", this.serviceUser)
			.register(registry);
		FunctionCounter.builder(PREFIX + "token.rejections", this, (metrics) -> metrics.rejections.doubleValue())
			.description("Tokens that a resource server rejected")
			.tag("service.user", this.serviceUser)
			.register(registry);
		TimeGauge
			.builder(PREFIX + "token.expiry", this, TimeUnit.SECONDS,
					(metrics) -> metrics.secondsUntil(metrics.tokenExpiry()))
			.description("Time until the token at hand expires")
			.tag("service.user", this.serviceUser)
			.register(registry);
		TimeGauge
			.builder(PREFIX + "key.expiry", this, TimeUnit.SECONDS,
					(metrics) -> metrics.secondsUntil(metrics.keyExpiry()))
			.description("Time until ZITADEL no longer accepts the key")
			.tag("service.user", this.serviceUser)
			.register(registry);
	}

	/**
	 * Remove what a registry has of this service user: these meters and those of its
	 * token requests.
	 * @param registry the registry
	 */
	public void removeFrom(MeterRegistry registry) {
		registry.getMeters()
			.stream()
			.map(Meter::getId)
			.filter((id) -> id.getName().startsWith(PREFIX) && this.serviceUser.equals(id.getTag("service.user")))
			.forEach(registry::remove);
	}

	private LongAdder counterOf(Reason reason) {
		LongAdder counter = this.failures.get(reason);
		return (counter != null) ? counter : new LongAdder();
	}

	private @Nullable Instant tokenExpiry() {
		TokenStatus status = this.token.get();
		return (status != null && status.held() != null) ? status.held().expiresAt() : null;
	}

	private @Nullable Instant keyExpiry() {
		ServiceUserKey key = this.key.get();
		return (key != null) ? key.expirationDate() : null;
	}

	private double secondsUntil(@Nullable Instant moment) {
		return (moment != null) ? this.clock.instant().until(moment, ChronoUnit.MILLIS) / 1000.0 : Double.NaN;
	}

}
