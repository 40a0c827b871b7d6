// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import io.github.zitadelserviceuser.grant.UserInfo;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PatientUserInfoTests {

	private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

	private static final UserInfo USER = new UserInfo("1", "robot");

	private final List<Duration> pauses = new ArrayList<>();

	private Duration elapsed = Duration.ZERO;

	private boolean issued = true;

	private int requests;

	private int failures;

	private TokenRequestException failure = new TokenRequestException(Reason.UNAVAILABLE, "Not now");

	@ParameterizedTest
	@EnumSource(names = { "UNREACHABLE", "UNAVAILABLE", "SERVER_ERROR", "REFUSED" })
	void applyWhenAFailurePassesThenHasTheAnswer(Reason reason) {
		this.failure = new TokenRequestException(reason, "Passing");
		this.failures = 1;
		assertThat(apply(Duration.ZERO)).isEqualTo(USER);
		assertThat(this.requests).isEqualTo(2);
		assertThat(this.pauses).containsExactly(Duration.ofMillis(250));
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "UNREACHABLE", "UNAVAILABLE", "SERVER_ERROR", "REFUSED" })
	void applyWhenAFailureLastsThenStopsAtOnce(Reason reason) {
		this.failure = new TokenRequestException(reason, "Lasting");
		this.failures = 1;
		assertThat(failure(Duration.ZERO)).isSameAs(this.failure);
		assertThat(this.requests).isOne();
		assertThat(this.pauses).isEmpty();
		assertThat(apply(Duration.ZERO)).isEqualTo(USER);
	}

	@Test
	void applyWhenTokenIsOldThenARefusalLasts() {
		this.failure = new TokenRequestException(Reason.REFUSED, "Lasting");
		this.failures = 1;
		assertThat(failure(Duration.ofSeconds(10))).isSameAs(this.failure);
		assertThat(this.requests).isOne();
	}

	@Test
	void applyWhenTokenIsNoneThatWasIssuedJustNowThenARefusalLasts() {
		this.issued = false;
		this.failure = new TokenRequestException(Reason.REFUSED, "Lasting");
		this.failures = 1;
		assertThat(failure(Duration.ZERO)).isSameAs(this.failure);
		assertThat(this.requests).isOne();
		this.failure = new TokenRequestException(Reason.UNAVAILABLE, "Passing");
		this.failures = 1;
		assertThat(apply(Duration.ZERO)).isEqualTo(USER);
	}

	@Test
	void applyWhenTokenGrowsOldMeanwhileThenARefusalLasts() {
		this.failure = new TokenRequestException(Reason.REFUSED, "Lasting");
		this.failures = Integer.MAX_VALUE;
		assertThat(failure(Duration.ofSeconds(9))).isSameAs(this.failure);
		assertThat(this.requests).isEqualTo(4);
	}

	@Test
	void applyWhenTimeIsOverThenStopsWithTheLastFailureAfterARequestAtItsEnd() {
		this.failures = Integer.MAX_VALUE;
		assertThat(failure(Duration.ZERO)).isSameAs(this.failure);
		assertThat(this.elapsed).isEqualTo(Duration.ofSeconds(10));
		assertThat(this.pauses)
			.startsWith(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2),
					Duration.ofSeconds(2))
			.hasSize(this.requests - 1);
		this.failures = 0;
		assertThat(apply(Duration.ZERO)).isEqualTo(USER);
	}

	@Test
	void applyWhenServerAsksToWaitThenWaitsAndNotBeyondTheTime() {
		this.failure = new TokenRequestException(Reason.UNAVAILABLE, "Not now", null, Duration.ofSeconds(3), null);
		this.failures = 1;
		assertThat(apply(Duration.ZERO)).isEqualTo(USER);
		assertThat(this.pauses).containsExactly(Duration.ofSeconds(3));
		this.failure = new TokenRequestException(Reason.UNAVAILABLE, "Not now", null, Duration.ofSeconds(30), null);
		this.failures = 1;
		assertThat(apply(Duration.ZERO)).isEqualTo(USER);
		assertThat(this.pauses).last().isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void applyWhenInterruptedThenStopsWithTheLastFailure() {
		this.failures = 1;
		Thread.currentThread().interrupt();
		assertThat(failure(Duration.ZERO)).isSameAs(this.failure);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(apply(Duration.ZERO)).isEqualTo(USER);
	}

	private @Nullable TokenRequestException failure(Duration tokenAge) {
		return catchThrowableOfType(TokenRequestException.class, () -> apply(tokenAge));
	}

	private UserInfo apply(Duration tokenAge) {
		Instant now = START.plus(this.elapsed);
		Clock clock = new Clock() {

			@Override
			public Instant instant() {
				return START.plus(PatientUserInfoTests.this.elapsed);
			}

			@Override
			public ZoneOffset getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}

		};
		return new PatientUserInfo((token) -> request(), Duration.ofSeconds(10), this.issued, clock,
				() -> this.elapsed.toNanos(), this::pass)
			.apply(new AccessToken("token", now.minus(tokenAge), now.plusSeconds(3600)));
	}

	private UserInfo request() {
		this.requests++;
		if (this.failures > 0) {
			this.failures--;
			throw this.failure;
		}
		return USER;
	}

	private void pass(Duration time) throws InterruptedException {
		if (Thread.currentThread().isInterrupted()) {
			Thread.interrupted();
			throw new InterruptedException();
		}
		this.pauses.add(time);
		this.elapsed = this.elapsed.plus(time);
	}

}
