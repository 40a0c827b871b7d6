// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.logging;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TokenLogTests {

	private static final String USED = ". The one that is held is used until 2026-01-01T00:59:00Z";

	private final LogClock clock = new LogClock();

	private final CapturedLog lines = new CapturedLog(TokenLog.class);

	private final TokenLog log = new TokenLog("the ZITADEL service user", this::status, this.clock);

	private TokenStatus.@Nullable Held held;

	private TokenStatus.@Nullable Failure failure;

	@AfterEach
	void restore() {
		this.lines.close();
	}

	@Test
	void obtainedWhenFirstThenInfoAndDebugFromThenOn() {
		obtain();
		assertThat(this.lines.take()).containsExactly("INFO Obtained the first access token for the ZITADEL service "
				+ "user: it expires at 2026-01-01T01:00:00Z and is refreshed from 2026-01-01T00:46:30Z on");
		obtain();
		this.log.onRefreshed(token());
		assertThat(this.lines.takeAll()).hasSize(2).allMatch((line) -> line.startsWith("DEBUG "));
	}

	@Test
	void obtainedWhenAnotherIsHeldByNowThenDoesNotTellOfItsRefresh() {
		this.held = held(LogClock.START.plusSeconds(9), true);
		this.log.onObtained(token());
		assertThat(this.lines.take()).singleElement()
			.asString()
			.endsWith("service user: it expires at 2026-01-01T01:00:00Z");
	}

	@Test
	void failedWhenNothingIsHeldThenWarnsOnceAndTellsWhenItIsOver() {
		fail(Reason.UNREACHABLE);
		assertThat(this.lines.take())
			.containsExactly("WARN No access token could be obtained for the ZITADEL service user: UNREACHABLE. "
					+ "None is held: calls fail until one can be obtained");
		for (int i = 0; i < 41; i++) {
			fail(Reason.UNREACHABLE);
		}
		assertThat(this.lines.takeAll()).hasSize(41).allMatch((line) -> line.startsWith("DEBUG "));
		this.clock.advance(Duration.ofSeconds(3725));
		obtain();
		assertThat(this.lines.take()).hasSize(2)
			.last()
			.isEqualTo("INFO Access tokens for the ZITADEL service user can be obtained again, after 1h2m5s and "
					+ "42 failed attempts");
		obtain();
		assertThat(this.lines.take()).isEmpty();
	}

	@Test
	void failedWhenTokenIsHeldThenSaysUntilWhenAndWarnsAgainWhenItHasEnded() {
		obtain();
		this.lines.take();
		fail(Reason.UNAVAILABLE);
		assertThat(this.lines.take()).containsExactly(
				"WARN The access token of the ZITADEL service user could not be refreshed: UNAVAILABLE" + USED);
		fail(Reason.UNAVAILABLE);
		assertThat(this.lines.take()).isEmpty();
		this.held = held(LogClock.START, false);
		fail(Reason.UNAVAILABLE);
		assertThat(this.lines.take())
			.containsExactly("WARN No access token could be obtained for the ZITADEL service user: UNAVAILABLE. "
					+ "The one that was held has ended: calls fail until another one can be obtained");
		fail(Reason.UNAVAILABLE);
		assertThat(this.lines.take()).isEmpty();
		obtain();
		assertThat(this.lines.take()).singleElement().asString().contains("again, after 0s and 4 failed attempts");
	}

	@Test
	void failedWhenReasonChangesThenWarnsOncePerReason() {
		obtain();
		this.lines.take();
		fail(Reason.UNREACHABLE);
		fail(Reason.REFUSED);
		assertThat(this.lines.take()).hasSize(2).last().asString().contains("REFUSED");
		fail(Reason.UNREACHABLE);
		fail(Reason.REFUSED);
		assertThat(this.lines.take()).isEmpty();
	}

	@Test
	void failedWhenAnEarlierIncidentIsOverThenWarnsAgain() {
		fail(Reason.REFUSED);
		obtain();
		this.lines.take();
		fail(Reason.REFUSED);
		assertThat(this.lines.take()).hasSize(1);
		this.log.onRefreshed(token());
		assertThat(this.lines.take()).singleElement()
			.asString()
			.contains("1 failed attempt")
			.doesNotContain("attempts");
	}

	@Test
	void failedWhenUnexpectedThenWarnsWithTheStackTrace() {
		fail(Reason.UNEXPECTED);
		assertThat(this.lines.takeTraces()).containsExactly("WARN TokenRequestException");
		fail(Reason.UNEXPECTED);
		assertThat(this.lines.takeTraces()).containsExactly("DEBUG TokenRequestException");
		obtain();
		fail(Reason.UNEXPECTED);
		assertThat(this.lines.takeTraces()).containsExactly("WARN TokenRequestException");
	}

	@Test
	void failedWhenOfAKnownKindThenTheStackTraceIsAtDebug() {
		fail(Reason.UNREACHABLE);
		assertThat(this.lines.takeTraces()).containsExactly("DEBUG TokenRequestException");
		assertThat(this.lines.takeAll()).hasSize(2).first().asString().startsWith("WARN ");
	}

	@Test
	void failedWhenToldAfterTheTokenThatFollowedThenNoIncidentBegins() {
		obtain();
		this.lines.take();
		this.log.onFailed(failure(Reason.UNREACHABLE));
		assertThat(this.lines.takeAll()).singleElement().asString().startsWith("DEBUG ");
		this.log.onRefreshed(token());
		assertThat(this.lines.take()).isEmpty();
	}

	@Test
	void failedWhenClockIsSetBackThenDurationIsNotNegative() {
		fail(Reason.REFUSED);
		this.clock.advance(Duration.ofHours(-1));
		obtain();
		assertThat(this.lines.take()).last().asString().contains("after 0s");
	}

	@Test
	void failedWhenMessageEndsWithAFullStopThenThereIsOne() {
		this.log.onFailed(new TokenRequestException(Reason.INVALID_KEY, "Write it."));
		assertThat(this.lines.take()).singleElement().asString().contains("user: Write it. None is held");
	}

	@Test
	void rejectedThenDebugSinceItIsOneServersWord() {
		this.log.onRejected(token());
		assertThat(this.lines.takeAll()).singleElement().asString().startsWith("DEBUG ");
	}

	@Test
	void eventsThenNoLineHoldsTheToken() {
		obtain();
		fail(Reason.REFUSED);
		this.log.onRejected(token());
		this.log.onRefreshed(token());
		assertThat(this.lines.takeAll()).hasSize(6).noneMatch((line) -> line.contains(token().value()));
	}

	@Test
	void failedWhenManyThreadsTellThenExactlyOneWarning() throws Exception {
		int threads = 16;
		CountDownLatch go = new CountDownLatch(1);
		List<Thread> started = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			Thread thread = new Thread(() -> {
				awaitQuietly(go);
				for (int j = 0; j < 100; j++) {
					this.log.onFailed(failure(Reason.UNREACHABLE));
				}
			});
			thread.start();
			started.add(thread);
		}
		go.countDown();
		for (Thread thread : started) {
			thread.join();
		}
		assertThat(this.lines.take()).hasSize(1).first().asString().startsWith("WARN ");
		obtain();
		assertThat(this.lines.take()).last().asString().contains("1600 failed attempts");
	}

	private TokenStatus status() {
		return new TokenStatus(this.held, false, this.failure);
	}

	private void obtain() {
		this.held = held(LogClock.START, true);
		this.failure = null;
		this.log.onObtained(token());
	}

	private void fail(Reason reason) {
		TokenRequestException cause = failure(reason);
		this.failure = new TokenStatus.Failure(cause, 1, LogClock.START, LogClock.START);
		this.log.onFailed(cause);
	}

	private static TokenRequestException failure(Reason reason) {
		return new TokenRequestException(reason, reason.name());
	}

	private static AccessToken token() {
		return new AccessToken("a-secret-token", LogClock.START, LogClock.START.plusSeconds(3600));
	}

	private static TokenStatus.Held held(Instant issuedAt, boolean usable) {
		return new TokenStatus.Held(issuedAt, LogClock.START.plusSeconds(46 * 60 + 30),
				LogClock.START.plusSeconds(59 * 60), LogClock.START.plusSeconds(3600), false, usable, usable);
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
