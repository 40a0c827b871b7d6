// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample.page;

import java.time.Duration;
import java.time.Instant;

import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link TokenLife}.
 */
class TokenLifeTests {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	@ParameterizedTest
	@CsvSource({ "10, false, fresh", "50, false, stale", "10, true, rejected", "58, false, spent" })
	void ofWhenTokenIsHeldThenStateIsThatOfItsAge(int age, boolean rejected, String state) {
		TokenLife life = TokenLife.of(new TokenStatus(held(age, rejected), false, null), at(age));
		assertThat(life.state()).isEqualTo(state);
		assertThat(life.age()).isEqualTo(age);
		assertThat(life.left()).isEqualTo(Math.max(0, 54 - age));
		assertThat(life.length()).isEqualTo(60);
		assertThat(life.refreshAt()).isEqualTo(80);
		assertThat(life.usableUntil()).isEqualTo(90);
		assertThat(life.failure()).isNull();
	}

	@Test
	void ofWhenNothingIsHeldThenSaysWhyNot() {
		TokenStatus.Failure failure = new TokenStatus.Failure(new TokenRequestException(Reason.REFUSED, "locked"), 1,
				START, at(3));
		TokenLife life = TokenLife.of(new TokenStatus(null, true, failure), START);
		assertThat(life.state()).isEqualTo("none");
		assertThat(life.failure()).isEqualTo("locked");
		assertThat(life.nextAttempt()).isEqualTo(3);
		assertThat(life.requesting()).isTrue();
	}

	private static TokenStatus.Held held(int age, boolean rejected) {
		return new TokenStatus.Held(START, at(48), at(54), at(60), rejected, age < 48 && !rejected, age < 54);
	}

	private static Instant at(int seconds) {
		return START.plus(Duration.ofSeconds(seconds));
	}

}
