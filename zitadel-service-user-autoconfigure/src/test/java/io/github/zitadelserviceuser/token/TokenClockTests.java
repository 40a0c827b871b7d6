// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clocks that jump, and machines that sleep.
 */
class TokenClockTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private final TokenRoom room = new TokenRoom();

	@BeforeEach
	void holdTokenForTwelveHours() {
		this.room.grant.succeed(Duration.ofHours(12));
		this.room.obtain();
	}

	@Test
	void getWhenClockIsSetBackThenTokenEndsAsTheServerMeantIt() {
		this.room.time.jumpWall(HOUR.negated());
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.tasks.waiting()).isZero();
		this.room.advance(Duration.ofHours(12).minusSeconds(61));
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.advanceSeconds(1);
		assertThat(this.room.source.get()).isNotDone();
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
	}

	@Test
	void getWhenClockIsSetForwardThenAtMostOneRefresh() {
		this.room.time.jumpWall(HOUR);
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.tasks.waiting()).isZero();
		this.room.advance(Duration.ofHours(9));
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
		assertThat(this.room.tasks.waiting()).isZero();
	}

	@Test
	void getWhenClockIsSetForwardAndBackThenTokenIsAsGoodAsBefore() {
		this.room.time.jumpWall(Duration.ofDays(2));
		this.room.time.jumpWall(Duration.ofDays(-2));
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.tasks.waiting()).isZero();
	}

	@Test
	void getWhenMachineSleptPastEndThenTokenIsSpent() {
		this.room.time.jumpWall(Duration.ofHours(12));
		assertThat(this.room.source.get()).isNotDone();
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
	}

	@Test
	void getWhenMachineSleptJustAfterCallThenTokenIsSpentOneMillisecondLater() {
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.time.jumpWall(Duration.ofHours(12));
		this.room.advance(Duration.ofNanos(999_999));
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.advance(Duration.ofNanos(1));
		assertThat(this.room.source.get()).isNotDone();
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
	}

	@Test
	void getWhenAskedJustBeforeRefreshPointThenStillRefreshesOnTime() {
		Duration refreshAfter = Duration.ofHours(12).multipliedBy(775).dividedBy(1000);
		this.room.advance(refreshAfter.minusNanos(1));
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.tasks.waiting()).isZero();
		this.room.advance(Duration.ofNanos(1));
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.tasks.waiting()).isOne();
	}

	@Test
	void getWhenWallClockStandsStillThenMonotonicClockEndsToken() {
		this.room.time.advanceMonotonic(Duration.ofHours(12));
		assertThat(this.room.source.get()).isNotDone();
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
		assertThat(this.room.tasks.waiting()).isZero();
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 1 })
	void getWhenClockJumpsDuringRequestThenTokenServesAndIsReplacedInTime(long hours) {
		this.room.advance(Duration.ofHours(11));
		this.room.grant.answer(() -> {
			this.room.time.jumpWall(Duration.ofHours(hours));
			return this.room.grant.token(Duration.ofHours(12));
		});
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
		this.room.advance(Duration.ofHours(12));
		assertThat(this.room.source.get()).isNotDone();
	}

	@Test
	void getWhenClockIsSetForwardBeyondTokenDuringRequestThenCallersGetAnotherFromRepetition() {
		this.room.advance(Duration.ofHours(12));
		this.room.grant.answer(() -> tokenWhileClockIsSetForward(this.room));
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		assertThat(TokenRoom.token(caller).value()).isEqualTo("token-3");
		assertThat(this.room.listener.take()).containsExactly("obtained token-1", "obtained token-3");
	}

	@Test
	void getWhenClockIsSetForwardBeyondTokenDuringRequestThenFailureDoesNotBlameTheServer() {
		TokenRoom hasty = new TokenRoom(RefreshPolicy.defaults().withTokenTimeout(Duration.ofMillis(100)));
		hasty.grant.answer(() -> tokenWhileClockIsSetForward(hasty)).answer(() -> tokenWhileClockIsSetForward(hasty));
		CompletableFuture<AccessToken> caller = hasty.source.get();
		hasty.tasks.runAll();
		assertThat(TokenRoom.failure(caller)).hasMessageContaining("clock was set, or the machine slept")
			.hasMessageContaining("3600000 ms")
			.hasMessageNotContaining("lifetime")
			.hasFieldOrPropertyWithValue("reason", Reason.UNREACHABLE);
		hasty.advanceSeconds(0.5);
		assertThat(hasty.obtain().value()).isEqualTo("token-3");
	}

	@Test
	void getWhenClockIsSetDuringRequestButTokenHasNoLifeThenServerIsToldOf() {
		this.room.advance(Duration.ofHours(12));
		this.room.grant.answer(() -> {
			this.room.time.jumpWall(HOUR);
			return this.room.grant.token(Duration.ZERO);
		});
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		assertThat(TokenRoom.failure(caller)).hasMessageContaining("expires_in");
	}

	private static TokenResponse tokenWhileClockIsSetForward(TokenRoom room) {
		room.advanceSeconds(0.045);
		room.time.jumpWall(HOUR);
		return room.grant.token(HOUR);
	}

	@ParameterizedTest
	@ValueSource(longs = { -1, 1 })
	void getWhenClockJumpsDuringPauseThenPauseKeepsItsLength(long hours) {
		this.room.advance(Duration.ofHours(12));
		this.room.grant.fail(Reason.REFUSED);
		this.room.source.get();
		this.room.tasks.runAll();
		this.room.time.jumpWall(Duration.ofHours(hours));
		this.room.advanceSeconds(0.499);
		assertThat(this.room.refused()).isEqualTo(Reason.REFUSED);
		this.room.advanceSeconds(0.001);
		assertThat(this.room.obtain().value()).isEqualTo("token-2");
	}

}
