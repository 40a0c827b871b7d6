// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a server asks to wait.
 */
class RetryAfterTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	@ParameterizedTest
	@CsvSource({ "0, PT0S", "5, PT5S", "120, PT2M", "999999999, PT277777H46M39S" })
	void retryAfterWhenSecondsThenIsThat(String value, Duration expected) {
		assertThat(answer(value, null).retryAfter(NOW)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "-1", "1.5", "soon", "99999999999999999999", "1e9",
			"Thu, 32 Jan 2026 00:00:00 GMT", "2026-01-01T00:00:10Z", "\u0661" })
	void retryAfterWhenGarbageThenIsNone(String value) {
		assertThat(answer(value, null).retryAfter(NOW)).isNull();
	}

	@Test
	void retryAfterWhenDateThenCountsFromTheServersClock() {
		String later = "Thu, 1 Jan 2026 10:00:30 GMT";
		assertThat(answer(later, "Thu, 01 Jan 2026 10:00:00 GMT").retryAfter(NOW)).isEqualTo(Duration.ofSeconds(30));
		assertThat(answer(later, "yesterday").retryAfter(NOW)).isEqualTo(Duration.ofHours(10).plusSeconds(30));
		assertThat(answer(later, null).retryAfter(NOW)).isEqualTo(Duration.ofHours(10).plusSeconds(30));
	}

	@Test
	void retryAfterWhenDateIsPastThenIsNone() {
		assertThat(answer("Thu, 1 Jan 2026 09:00:00 GMT", "Thu, 1 Jan 2026 10:00:00 GMT").retryAfter(NOW)).isNull();
		assertThat(answer("Wed, 31 Dec 2025 23:59:59 GMT", null).retryAfter(NOW)).isNull();
		assertThat(answer(null, null).retryAfter(NOW)).isNull();
	}

	@Test
	void requestWhenServerAsksToWaitThenTheFailureSaysHowLong() {
		try (FakeZitadel zitadel = FakeZitadel.start()) {
			JwtBearerGrant grant = Grants.of(zitadel);
			FakeAnswer busy = FakeAnswer.serviceUnavailable().withRetryAfter(Duration.ofSeconds(7));
			zitadel.discovery().answerNext(1, busy);
			assertThat(Grants.failureOf(grant).getRetryAfter()).isEqualTo(Duration.ofSeconds(7));
			zitadel.tokenEndpoint().answerNext(1, busy);
			assertThat(Grants.failureOf(grant).getRetryAfter()).isEqualTo(Duration.ofSeconds(7));
			zitadel.tokenEndpoint()
				.answerNext(1, FakeAnswer.oauthError(429, "slow_down", "x").withRetryAfter(Duration.ofSeconds(8)));
			assertThat(Grants.failureOf(grant).getRetryAfter()).isEqualTo(Duration.ofSeconds(8));
			zitadel.tokenEndpoint().answerNext(1, FakeAnswer.serviceUnavailable());
			assertThat(Grants.failureOf(grant).getRetryAfter()).isNull();
			Grants.assertToken(zitadel, grant);
		}
	}

	private static ServerAnswer answer(String retryAfter, String date) {
		HttpHeaders headers = new HttpHeaders();
		if (retryAfter != null) {
			headers.add(HttpHeaders.RETRY_AFTER, retryAfter);
		}
		if (date != null) {
			headers.add(HttpHeaders.DATE, date);
		}
		return new ServerAnswer(URI.create("https://issuer.example"), 503, headers, "");
	}

}
