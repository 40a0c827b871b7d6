// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.zitadelserviceuser.fake.Dialect;
import io.github.zitadelserviceuser.fake.FakeAnswer;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.TokenOutcome;
import io.github.zitadelserviceuser.token.TokenRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A clock that is off is allowed for, and its owner is told.
 */
@ExtendWith(OutputCaptureExtension.class)
class WrongClockTests {

	private static final String AGREES = "The clock of this machine agrees with ZITADEL's again";

	@ParameterizedTest
	@CsvSource({ "SERVER_ERROR, 120, behind", "SERVER_ERROR, -120, ahead of", "INVALID_GRANT, 7200, behind",
			"INVALID_GRANT, -80000, ahead of" })
	void requestWhenClockIsOffThenIsAllowedForAndToldOnce(Dialect dialect, long seconds, String direction,
			CapturedOutput output) {
		TestClock clock = new TestClock(Instant.now());
		try (FakeZitadel zitadel = FakeZitadel.builder().dialect(dialect).clock(clock).start()) {
			JwtBearerGrant grant = grant(zitadel, clock);
			zitadel.clockOffset(Duration.ofSeconds(seconds));
			Grants.assertToken(zitadel, grant);
			assertThat(zitadel.tokenEndpoint().requestCount()).isEqualTo(2);
			Grants.assertToken(zitadel, grant);
			assertThat(zitadel.tokenEndpoint().requestCount()).as("remembered").isEqualTo(3);
			assertThat(output).containsOnlyOnce("The clock of this machine is ")
				.containsPattern("The clock of this machine is " + around(seconds) + " s " + direction + " ZITADEL's")
				.contains("by NTP")
				.doesNotContain(AGREES);
			zitadel.clockOffset(Duration.ZERO);
			Grants.assertToken(zitadel, grant);
			assertThat(zitadel.tokenEndpoint().requestCount()).as("forgotten").isEqualTo(5);
			assertThat(output).containsOnlyOnce(AGREES);
			Grants.assertToken(zitadel, grant);
			assertThat(zitadel.tokenEndpoint().requestCount()).isEqualTo(6);
			assertThat(output).containsOnlyOnce(AGREES);
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenClockDriftsFurtherThenFollowsItAndIsQuiet(Dialect dialect, CapturedOutput output) {
		TestClock clock = new TestClock(Instant.now());
		try (FakeZitadel zitadel = FakeZitadel.builder().dialect(dialect).clock(clock).start()) {
			JwtBearerGrant grant = grant(zitadel, clock);
			for (int minutes = 2; minutes < 14; minutes += 2) {
				zitadel.clockOffset(Duration.ofMinutes(minutes));
				Grants.assertToken(zitadel, grant);
			}
			assertThat(output).containsOnlyOnce("The clock of this machine is ");
		}
	}

	@ParameterizedTest
	@CsvSource({ "SERVER_ERROR, -50", "INVALID_GRANT, 50", "INVALID_GRANT, -60", "SERVER_ERROR, 57" })
	void requestWhenClockIsAlmostRightThenNothingIsToldNorAskedTwice(Dialect dialect, long seconds,
			CapturedOutput output) {
		TestClock clock = new TestClock(Instant.now());
		try (FakeZitadel zitadel = FakeZitadel.builder().dialect(dialect).clock(clock).start()) {
			zitadel.clockOffset(Duration.ofSeconds(seconds));
			Grants.assertToken(zitadel, grant(zitadel, clock));
			assertThat(zitadel.tokenEndpoint().requestCount()).isOne();
			assertThat(output).doesNotContain("clock");
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenClockIsOffByMoreThanADayThenIsExplainedOnly(Dialect dialect, CapturedOutput output) {
		TestClock clock = new TestClock(Instant.now());
		try (FakeZitadel zitadel = FakeZitadel.builder().dialect(dialect).clock(clock).start()) {
			JwtBearerGrant grant = grant(zitadel, clock);
			zitadel.clockOffset(Duration.ofHours(25));
			assertThat(Grants.failureOf(grant))
				.hasMessageStartingWith("ZITADEL gave no token and does not say why, most likely because the clock of "
						+ "this machine is off: it shows " + clock.instant() + ", which is ")
				.message()
				.containsPattern("which is (89999|90000) s behind the server's 'Date' ")
				.contains("Set it right, for example by NTP.\n");
			assertThat(zitadel.tokenEndpoint().requestCount()).isOne();
			zitadel.clockOffset(Duration.ZERO);
			Grants.assertToken(zitadel, grant);
			assertThat(output).doesNotContain("The clock of this machine");
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenTheDateIsThatOfAGatewayThenIsNotRemembered(Dialect dialect, CapturedOutput output) {
		TestClock clock = new TestClock(Instant.now());
		try (FakeZitadel zitadel = FakeZitadel.builder().dialect(dialect).clock(clock).start()) {
			JwtBearerGrant grant = grant(zitadel, clock);
			// All that is told of the time is the answer's, and the key is gone.
			FakeAnswer refusal = (dialect == Dialect.SERVER_ERROR) ? FakeAnswer.internalError()
					: FakeAnswer.oauthError(400, "invalid_grant", "invalid assertion");
			zitadel.tokenEndpoint().answerAlways(refusal.withHeader("Date", "Mon, 01 Jan 2035 00:00:00 GMT"));
			clock.advance(Duration.between(clock.instant(), Instant.parse("2034-12-31T20:00:00Z")));
			TokenRequestException failure = Grants.failureOf(grant);
			assertThat(zitadel.tokenEndpoint().requestCount()).isEqualTo(2);
			assertThat(failure).hasMessageContaining("most likely because the key ")
				.hasMessageContaining("14400 s behind the server's 'Date' 2035-01-01T00:00:00Z; less than a minute is "
						+ "forgiven, and the assertion was dated 14400 s later because of it");
			zitadel.tokenEndpoint().answerNormally();
			Grants.assertToken(zitadel, grant);
			assertThat(zitadel.tokenEndpoint().requestCount()).as("with the right time at once").isEqualTo(3);
			assertThat(output).doesNotContain("The clock of this machine");
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenCorrectedAndTheKeyIsDeletedThenAsksNoMoreThanTwice(Dialect dialect, CapturedOutput output) {
		TestClock clock = new TestClock(Instant.now());
		try (FakeZitadel zitadel = FakeZitadel.builder().dialect(dialect).clock(clock).start()) {
			zitadel.clockOffset(Duration.ofMinutes(10));
			var key = List.of(zitadel.serviceUser().createKey(), zitadel.serviceUser().createKey());
			int[] used = { 0 };
			JwtBearerGrant grant = Grants.of(server(zitadel), () -> Grants.key(key.get(used[0])),
					HttpClientKind.JDK.restClient(), clock);
			Grants.assertToken(zitadel, grant);
			key.get(0).delete();
			for (int i = 0; i < 3; i++) {
				int before = zitadel.tokenEndpoint().requestCount();
				Grants.failureOf(grant);
				assertThat(zitadel.tokenEndpoint().requestCount() - before).isLessThanOrEqualTo(2);
				assertThat(zitadel.tokenRequests().get(zitadel.tokenRequests().size() - 1).outcome())
					.isEqualTo(TokenOutcome.KEY_NOT_FOUND);
			}
			used[0] = 1;
			Grants.assertToken(zitadel, grant);
			assertThat(output).containsOnlyOnce("The clock of this machine is ");
		}
	}

	@Test
	void compareWhenServerSendsNoDateThenSaysSo() {
		ClockComparison comparison = new ClockComparison(Instant.EPOCH, null);
		assertThat(comparison.correction(Duration.ofSeconds(100))).isZero();
		assertThat(comparison).hasToString("1970-01-01T00:00:00Z, and the server gives no 'Date' to compare it with");
	}

	private static String around(long seconds) {
		long exact = Math.abs(seconds);
		return "(" + (exact - 1) + "|" + exact + "|" + (exact + 1) + ")";
	}

	private static JwtBearerGrant grant(FakeZitadel zitadel, Clock clock) {
		return Grants.of(server(zitadel), Grants.keyOf(zitadel), HttpClientKind.JDK.restClient(), clock);
	}

	private static AuthorizationServer server(FakeZitadel zitadel) {
		return AuthorizationServer.of(Grants.PREFIX, zitadel.issuer(), null, true);
	}

}
