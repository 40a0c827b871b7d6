// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Failures while a token is held and while none is, and what comes after them.
 */
class TokenFailureTests {

	private final TokenRoom room = new TokenRoom();

	@ParameterizedTest
	@EnumSource(Reason.class)
	void getWhenRefreshFailsThenTokenIsKeptAndNextTryComesAfterPause(Reason reason) {
		holdStaleToken();
		this.room.grant.failForGood(reason);
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.tasks.runAll();
		assertThat(this.room.grant.requests()).as("no repetition while nobody waits")
			.isEqualTo((reason == Reason.UNREACHABLE) ? 3 : 2);
		this.room.advanceSeconds(0.499);
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.tasks.waiting()).as("request within pause").isZero();
		this.room.advanceSeconds(0.001);
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
	}

	@Test
	void getWhenRefreshGoesOnFailingThenPausesDoubleUpToAMinuteAndStartAnewAfterSuccess() {
		holdStaleToken(Duration.ofDays(10));
		for (double pause : new double[] { 0.5, 1, 2, 4, 8, 16, 30, 30, 30 }) {
			failRefreshAndExpectPause(pause);
		}
		this.room.held();
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
		this.room.advance(Duration.ofMinutes(50));
		failRefreshAndExpectPause(0.5);
	}

	@ParameterizedTest
	@CsvSource({ "PT7S, 7", "PT0.001S, 0.001", "PT60S, 60", "PT1H, 60", "PT2562047788015215H, 60", "PT0S, 0.5",
			"PT-5S, 0.5" })
	void getWhenServerAsksToWaitThenRefreshWaitsSoLong(Duration retryAfter, double pause) {
		holdStaleToken();
		this.room.grant.fail(Reason.UNAVAILABLE, retryAfter);
		this.room.held();
		this.room.tasks.runAll();
		expectPause(pause);
		this.room.held();
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
	}

	@Test
	void getWhenOutageOutlivesTokenThenPauseEndsEarlierAndRecoveryComes() {
		holdStaleToken(Duration.ofMinutes(10));
		for (double pause : new double[] { 0.5, 1, 2, 4, 8, 16 }) {
			failRefreshAndExpectPause(pause);
		}
		this.room.advanceSeconds(540 - 480 - 31.5 - 1);
		this.room.grant.fail(Reason.UNAVAILABLE);
		this.room.held();
		this.room.tasks.runAll();
		this.room.advanceSeconds(1);
		assertThat(this.room.refused()).as("the token is spent").isEqualTo(Reason.UNAVAILABLE);
		this.room.advanceSeconds(3.999);
		assertThat(this.room.refused()).as("5 s instead of 30").isEqualTo(Reason.UNAVAILABLE);
		this.room.advanceSeconds(0.001);
		assertThat(this.room.obtain().value()).isEqualTo("token-2");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "UNREACHABLE", "UNAVAILABLE", "SERVER_ERROR", "KEY_NOT_KNOWN_YET" })
	void getWhenColdAndRefusedThenAllFailWithoutRepetitionUntilPauseIsOver(Reason reason) {
		this.room.grant.fail(reason);
		CompletableFuture<AccessToken> first = this.room.source.get();
		CompletableFuture<AccessToken> second = this.room.source.get();
		this.room.tasks.runAll();
		assertThat(TokenRoom.failure(first)).isSameAs(TokenRoom.failure(second))
			.hasFieldOrPropertyWithValue("reason", reason);
		this.room.advanceSeconds(0.499);
		for (int i = 0; i < 100; i++) {
			assertThat(this.room.refused()).isEqualTo(reason);
		}
		assertThat(this.room.grant.requests()).isOne();
		this.room.advanceSeconds(0.001);
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
	}

	@ParameterizedTest
	@EnumSource(names = { "UNREACHABLE", "UNAVAILABLE", "SERVER_ERROR", "KEY_NOT_KNOWN_YET" })
	void getWhenColdAndFailurePassesThenCallersSeeOnlySuccess(Reason reason) {
		this.room.grant.failForGood(reason);
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		this.room.advanceSeconds(0.499);
		assertThat(this.room.grant.requests()).isEqualTo((reason == Reason.UNREACHABLE) ? 2 : 1);
		assertThat(caller).isNotDone();
		this.room.advanceSeconds(0.001);
		assertThat(TokenRoom.token(caller).value()).isEqualTo("token-1");
		assertThat(this.room.listener.take()).containsExactly("failed " + reason, "obtained token-1");
	}

	@Test
	void getWhenColdAndServerErrorRepeatsThenOneRepetitionOnly() {
		this.room.grant.fail(Reason.SERVER_ERROR, 2);
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		this.room.advanceSeconds(0.5);
		assertThat(TokenRoom.failure(caller).getReason()).isEqualTo(Reason.SERVER_ERROR);
		assertThat(this.room.grant.requests()).isEqualTo(2);
		this.room.advanceSeconds(1);
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
	}

	@Test
	void getWhenColdAndServerErrorComesAmongOthersThenItIsStillRepeatedOnce() {
		this.room.grant.fail(Reason.UNAVAILABLE)
			.fail(Reason.SERVER_ERROR)
			.fail(Reason.UNREACHABLE)
			.fail(Reason.SERVER_ERROR);
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		this.room.advanceSeconds(0.5 + 1 + 2);
		assertThat(this.room.grant.requests()).isEqualTo(4);
		assertThat(TokenRoom.failure(caller).getReason()).isEqualTo(Reason.SERVER_ERROR);
		this.room.advanceSeconds(4);
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
	}

	@Test
	void getWhenColdAndOutageGoesOnThenRepeatedWithinTimeoutOnly() {
		this.room.grant.fail(Reason.UNREACHABLE, 7);
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		// Twice at 0, then at 0.5, 1.5, 3.5 and 7.5 s. The next would come after 5 s
		// more:
		// it is made while there is time left for it.
		this.room.advanceSeconds(7.999);
		assertThat(this.room.grant.requests()).isEqualTo(6);
		assertThat(caller).isNotDone();
		this.room.advanceSeconds(0.001);
		assertThat(TokenRoom.failure(caller).getReason()).isEqualTo(Reason.UNREACHABLE);
		assertThat(this.room.grant.requests()).isEqualTo(7);
		this.room.advanceSeconds(4.999);
		assertThat(this.room.refused()).as("pause of at most 10 s").isEqualTo(Reason.UNREACHABLE);
		this.room.advanceSeconds(0.001);
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
	}

	@ParameterizedTest
	@CsvSource({ "PT10S", "PT30S", "PT1H" })
	void getWhenColdAndServerAsksToWaitBeyondTimeoutThenLastAttemptComesWhileThereIsTimeForIt(Duration retryAfter) {
		this.room.grant.fail(Reason.UNAVAILABLE, retryAfter);
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		this.room.advanceSeconds(7.999);
		assertThat(this.room.grant.requests()).isOne();
		this.room.advanceSeconds(0.001);
		assertThat(TokenRoom.token(caller).value()).isEqualTo("token-1");
	}

	@Test
	void getWhenServerStillAsksToWaitAtTheLastAttemptThenFailsAndWaits() {
		this.room.grant.fail(Reason.UNAVAILABLE, Duration.ofSeconds(30))
			.fail(Reason.UNAVAILABLE, Duration.ofSeconds(22));
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		this.room.advanceSeconds(8);
		assertThat(TokenRoom.failure(caller).getRetryAfter()).isEqualTo(Duration.ofSeconds(22));
		this.room.advanceSeconds(21.999);
		assertThat(this.room.refused()).isEqualTo(Reason.UNAVAILABLE);
		assertThat(this.room.grant.requests()).isEqualTo(2);
		this.room.advanceSeconds(0.001);
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
	}

	@Test
	void getWhenFirstConnectionFailsThenRepeatedAtOnceAndNobodyIsTold() {
		this.room.grant.fail(Reason.UNREACHABLE);
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		assertThat(TokenRoom.token(caller).value()).isEqualTo("token-1");
		assertThat(this.room.grant.requests()).isEqualTo(2);
		assertThat(this.room.listener.take()).containsExactly("obtained token-1");
	}

	@Test
	void getWhenFirstConnectionOfRefreshFailsThenRepeatedAtOnceAndNobodyIsTold() {
		holdStaleToken();
		this.room.grant.fail(Reason.UNREACHABLE);
		this.room.held();
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
		assertThat(this.room.listener.take()).containsExactly("obtained token-1", "refreshed token-2");
	}

	@Test
	void getWhenConnectionsGoOnFailingThenOnlyTheFirstIsTriedAgainAtOnce() {
		holdStaleToken(Duration.ofDays(10));
		this.room.grant.fail(Reason.UNREACHABLE, 4);
		for (int requests : new int[] { 3, 4, 5 }) {
			this.room.held();
			this.room.tasks.runAll();
			assertThat(this.room.grant.requests()).isEqualTo(requests);
			this.room.advance(Duration.ofMinutes(1));
		}
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
		assertThat(this.room.held()).isEqualTo("token-2");
		assertThat(this.room.listener.take()).containsExactly("obtained token-1", "failed UNREACHABLE",
				"failed UNREACHABLE", "failed UNREACHABLE", "refreshed token-2");
	}

	@Test
	void getWhenFirstConnectionFailsLateThenNoAttemptIsMadeThatHasNoTime() {
		holdStaleToken();
		this.room.grant.answer(() -> {
			this.room.advanceSeconds(8.001);
			throw ScriptedGrant.failure(Reason.UNREACHABLE, null);
		});
		this.room.held();
		this.room.tasks.runAll();
		assertThat(this.room.grant.requests()).isEqualTo(2);
		assertThat(this.room.listener.take()).containsExactly("obtained token-1", "failed UNREACHABLE");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 9 })
	void getWhenColdAndServerAsksToWaitWithinTimeoutThenRepeatedAfterIt(long seconds) {
		this.room.grant.fail(Reason.UNAVAILABLE, Duration.ofSeconds(seconds));
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		this.room.advanceSeconds(seconds - 0.001);
		assertThat(caller).isNotDone();
		this.room.advanceSeconds(0.001);
		assertThat(TokenRoom.token(caller).value()).isEqualTo("token-1");
	}

	@Test
	void getWhenTokenIsSpentDuringRefreshThenFailureIsRepeatedForThoseWhoWaitByThen() {
		this.room.obtain();
		this.room.advanceSeconds(59 * 60 - 1);
		this.room.grant.fail(Reason.UNAVAILABLE);
		this.room.held();
		this.room.advanceSeconds(1);
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		assertThat(caller).isNotDone();
		this.room.advanceSeconds(0.5);
		assertThat(TokenRoom.token(caller).value()).isEqualTo("token-2");
	}

	@Test
	void getWhenTimeoutIsShorterThenAttemptsFitIntoIt() {
		TokenRoom hasty = new TokenRoom(RefreshPolicy.defaults().withTokenTimeout(Duration.ofSeconds(1)));
		hasty.grant.fail(Reason.UNAVAILABLE, 3);
		CompletableFuture<AccessToken> caller = hasty.source.get();
		hasty.tasks.runAll();
		// At 0, 0.5 and, with a fifth of the time left, 0.8 s.
		hasty.advanceSeconds(0.8);
		assertThat(TokenRoom.failure(caller).getReason()).isEqualTo(Reason.UNAVAILABLE);
		assertThat(hasty.grant.requests()).isEqualTo(3);
		hasty.advanceSeconds(2);
		assertThat(hasty.obtain().value()).isEqualTo("token-1");
	}

	private void holdStaleToken() {
		holdStaleToken(ScriptedGrant.LIFETIME);
	}

	private void holdStaleToken(Duration lifetime) {
		this.room.grant.succeed(lifetime);
		this.room.obtain();
		this.room.advance(lifetime.multipliedBy(8).dividedBy(10));
	}

	private void failRefreshAndExpectPause(double seconds) {
		this.room.grant.fail(Reason.UNAVAILABLE);
		this.room.held();
		this.room.tasks.runAll();
		expectPause(seconds);
	}

	/**
	 * Expect that the held token serves without a request until the pause is over.
	 */
	private void expectPause(double seconds) {
		int requests = this.room.grant.requests();
		this.room.advanceSeconds(seconds - 0.001);
		this.room.held();
		assertThat(this.room.tasks.waiting()).as("request within a pause of " + seconds + " s").isZero();
		assertThat(this.room.grant.requests()).isEqualTo(requests);
		this.room.advanceSeconds(0.001);
	}

}
