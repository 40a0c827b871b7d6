// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fresh, stale, spent: what {@link RefreshingTokenSource} does with a token at each age.
 */
class TokenLifeTests {

	private final TokenRoom room = new TokenRoom();

	@Test
	void getWhenNothingWasAskedThenNoRequest() {
		assertThat(this.room.tasks.waiting()).isZero();
		assertThat(this.room.tasks.timers()).isZero();
		assertThat(this.room.grant.requests()).isZero();
	}

	@Test
	void getWhenFreshThenSameFutureAndNoRequest() {
		AccessToken token = this.room.obtain();
		assertThat(token).isEqualTo(new AccessToken("token-1", MutableTime.START, MutableTime.START.plusSeconds(3600)));
		CompletableFuture<AccessToken> first = this.room.source.get();
		this.room.advanceSeconds(46.5 * 60 - 0.001);
		assertThat(this.room.source.get()).isSameAs(first).isCompletedWithValue(token);
		assertThat(this.room.tasks.waiting()).isZero();
		assertThat(this.room.tasks.timers()).as("nothing is left of the flight").isZero();
		assertThat(this.room.grant.requests()).isOne();
	}

	@Test
	void getWhenStaleThenSameTokenAndOneRefreshThatNobodyAwaits() {
		this.room.obtain();
		this.room.advanceSeconds(46.5 * 60);
		for (int i = 0; i < 100; i++) {
			assertThat(this.room.held()).isEqualTo("token-1");
		}
		assertThat(this.room.tasks.waiting()).isOne();
		this.room.tasks.runAll();
		assertThat(this.room.grant.requests()).isEqualTo(2);
		assertThat(this.room.held()).isEqualTo("token-2");
		assertThat(this.room.tasks.waiting()).isZero();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 0.25, 0.999999 })
	void getWhenJitterIsDrawnThenRefreshMovesAheadByIt(double drawn) {
		this.room.random.set(drawn);
		this.room.obtain();
		this.room.advanceSeconds((0.8 - 0.05 * drawn) * 3600 - 0.001);
		this.room.held();
		assertThat(this.room.tasks.waiting()).as("refresh before its point").isZero();
		this.room.advanceSeconds(0.002);
		this.room.held();
		assertThat(this.room.tasks.waiting()).as("refresh at its point").isOne();
	}

	@Test
	void getWhenNearMarginThenUsedUntilMarginAndNotAfter() {
		this.room.obtain();
		this.room.advance(Duration.ofMinutes(59).minusNanos(1_000_000));
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.advance(Duration.ofMillis(1));
		assertThat(this.room.source.get()).isNotDone();
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
	}

	@Test
	void getWhenRefreshTakesBeyondMarginThenLaterCallersJoinIt() {
		this.room.obtain();
		this.room.advanceSeconds(59 * 60 - 1);
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.advanceSeconds(1);
		CompletableFuture<AccessToken> joined = this.room.source.get();
		assertThat(joined).isNotDone();
		this.room.tasks.runAll();
		assertThat(TokenRoom.token(joined).value()).isEqualTo("token-2");
		assertThat(this.room.grant.requests()).isEqualTo(2);
	}

	@Test
	void getWhenRefreshPointIsBehindMarginThenNoTokenPastMargin() {
		TokenRoom late = new TokenRoom(RefreshPolicy.defaults().withRefreshAt(0.999));
		late.random.set(0);
		late.grant.succeed(Duration.ofSeconds(100));
		late.obtain();
		late.advanceSeconds(89.9);
		assertThat(late.held()).isEqualTo("token-1");
		late.advanceSeconds(0.1);
		assertThat(late.source.get()).isNotDone();
		late.tasks.runAll();
		assertThat(late.held()).isEqualTo("token-2");
	}

	@Test
	void getWhenRefreshPointIsBehindMarginThenRefreshedAheadOfItAndNobodyWaits() {
		TokenRoom late = new TokenRoom(RefreshPolicy.defaults().withRefreshAt(0.999));
		late.random.set(0);
		late.grant.succeed(Duration.ofSeconds(100));
		late.obtain();
		late.advanceSeconds(84.9);
		assertThat(late.held()).isEqualTo("token-1");
		assertThat(late.tasks.waiting()).isZero();
		late.advanceSeconds(0.1);
		assertThat(late.held()).isEqualTo("token-1");
		late.tasks.runAll();
		assertThat(late.held()).isEqualTo("token-2");
	}

	@Test
	void getWhenLifetimeIsAbsentThenOneMinute() {
		this.room.grant.answer(() -> this.room.grant.token(null));
		assertThat(this.room.obtain().expiresAt()).isEqualTo(MutableTime.START.plusSeconds(60));
		this.room.advanceSeconds(46);
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.tasks.waiting()).isZero();
		this.room.advanceSeconds(8);
		assertThat(this.room.source.get()).isNotDone();
	}

	@ParameterizedTest
	@MethodSource
	void getWhenLifetimeIsTooShortToHoldThenRefusedWithPauseAndRecovery(Duration lifetime) {
		this.room.grant.succeed(lifetime);
		CompletableFuture<AccessToken> future = this.room.source.get();
		this.room.tasks.runAll();
		assertThat(TokenRoom.failure(future)).hasMessageContaining("expires_in")
			.extracting(TokenRequestException::getReason)
			.isEqualTo(Reason.INVALID_RESPONSE);
		for (int i = 0; i < 100; i++) {
			assertThat(this.room.refused()).isEqualTo(Reason.INVALID_RESPONSE);
		}
		assertThat(this.room.grant.requests()).isOne();
		this.room.advanceSeconds(0.5);
		assertThat(this.room.obtain().value()).isEqualTo("token-2");
	}

	static Stream<Duration> getWhenLifetimeIsTooShortToHoldThenRefusedWithPauseAndRecovery() {
		return Stream.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(Long.MIN_VALUE), Duration.ofNanos(1),
				Duration.ofMillis(999));
	}

	@Test
	void getWhenLifetimeIsOneSecondThenOneRequestForAllCallsOfIt() {
		this.room.grant.succeed(Duration.ofSeconds(1)).succeed(Duration.ofMillis(1500));
		this.room.obtain();
		this.room.advanceSeconds(0.7);
		this.room.held();
		assertThat(this.room.grant.requests()).isOne();
		this.room.advanceSeconds(0.1);
		this.room.held();
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
		this.room.advanceSeconds(1.1);
		assertThat(this.room.held()).isEqualTo("token-2");
		assertThat(this.room.grant.requests()).isEqualTo(2);
	}

	@Test
	void getWhenLifetimeIsHugeThenThirtyDays() {
		this.room.grant.succeed(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
		assertThat(this.room.obtain().expiresAt()).isEqualTo(MutableTime.START.plus(Duration.ofDays(30)));
		this.room.advance(Duration.ofDays(23));
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.tasks.waiting()).isZero();
		this.room.advance(Duration.ofDays(1));
		this.room.held();
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
	}

	@Test
	void getWhenAnswerIsSlowThenLifeCountsFromBeforeRequest() {
		this.room.grant.answer(() -> {
			this.room.advanceSeconds(9);
			return this.room.grant.token(Duration.ofSeconds(60));
		});
		AccessToken token = this.room.obtain();
		assertThat(token.issuedAt()).isEqualTo(MutableTime.START);
		assertThat(token.expiresAt()).isEqualTo(MutableTime.START.plusSeconds(60));
		this.room.advanceSeconds(54 - 9);
		assertThat(this.room.source.get()).isNotDone();
	}

	@Test
	void getWhenAnswerTakesLongerThanTokenLivesThenRefused() {
		this.room.grant.answer(() -> {
			this.room.advanceSeconds(1.8);
			return this.room.grant.token(Duration.ofSeconds(2));
		});
		CompletableFuture<AccessToken> future = this.room.source.get();
		this.room.tasks.runAll();
		assertThat(TokenRoom.failure(future)).hasMessageContaining("2000 ms").hasMessageContaining("1800 ms");
		this.room.advanceSeconds(0.5);
		assertThat(this.room.obtain().value()).isEqualTo("token-2");
	}

}
