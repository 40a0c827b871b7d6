// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Who joins a flight that takes too long has a time of its own, not the rest of that of
 * the flight. Here, a flight and a call may take 10 s.
 */
@Timeout(20)
class TokenLateCallerTests {

	private final TokenRoom room = new TokenRoom();

	private final List<CompletableFuture<AccessToken>> late = new ArrayList<>();

	@Test
	void getWhenJoinedFlightTimesOutThenAnotherAttemptIsMadeAtOnce() {
		hangUntilJoined(6, () -> this.late.add(this.room.source.get()));
		CompletableFuture<AccessToken> first = this.room.source.get();
		this.room.tasks.runAll();
		assertThat(TokenRoom.failure(first).getReason()).isEqualTo(Reason.TIMEOUT);
		assertThat(TokenRoom.token(this.late.get(0)).value()).isEqualTo("token-1");
		assertThat(this.room.grant.requests()).isEqualTo(2);
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.tasks.timers()).as("nothing is left to end the wait").isZero();
	}

	@Test
	void getWhenTokenEndsDuringHungRefreshThenCallerDoesNotFailWithIt() {
		this.room.obtain();
		this.room.advanceSeconds(59 * 60 - 5);
		hangUntilJoined(9, () -> this.late.add(this.room.source.get()));
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.tasks.runAll();
		assertThat(TokenRoom.token(this.late.get(0)).value()).isEqualTo("token-2");
		assertThat(this.room.held()).isEqualTo("token-2");
	}

	@Test
	void rejectWhenJoinedFlightTimesOutThenAnotherAttemptIsMadeAtOnce() {
		AccessToken token = this.room.obtain();
		this.room.advanceSeconds(59 * 60 - 5);
		hangUntilJoined(9, () -> this.late.add(this.room.source.reject(token)));
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.tasks.runAll();
		assertThat(TokenRoom.token(this.late.get(0)).value()).isEqualTo("token-2");
	}

	@Test
	void awaitWhenJoinedFlightTimesOutThenAnotherAttemptIsMadeAtOnce() throws Exception {
		FutureTask<AccessToken> caller = new FutureTask<>(this.room.source::await);
		Thread thread = new Thread(caller);
		hangUntilJoined(6, () -> {
			thread.start();
			awaitParked(thread);
		});
		this.room.source.get();
		this.room.tasks.runNext();
		while (!caller.isDone()) {
			this.room.tasks.runAll();
		}
		assertThat(caller.get().value()).isEqualTo("token-1");
		assertThat(this.room.grant.requests()).isEqualTo(2);
	}

	@Test
	void getWhenNextFlightHangsTooThenEachFailsAfterItsOwnTime() {
		hangUntilJoined(3, () -> this.late.add(this.room.source.get()));
		this.room.grant.answer(() -> {
			// 10 s since the first has asked, and 7 s since the one who came late.
			this.room.advanceSeconds(1);
			this.late.add(this.room.source.get());
			this.room.advanceSeconds(1.999);
			assertThat(this.late).noneMatch(CompletableFuture::isDone);
			this.room.advanceSeconds(0.001);
			assertThat(TokenRoom.failure(this.late.get(0))).hasMessageContaining("10000 ms");
			assertThat(this.late.get(1)).as("has a time of its own").isNotDone();
			return this.room.grant.token(ScriptedGrant.LIFETIME);
		});
		this.room.source.get();
		this.room.tasks.runAll();
		assertThat(TokenRoom.token(this.late.get(1)).value()).isEqualTo("token-1");
		assertThat(this.room.tasks.timers()).isZero();
	}

	@Test
	void getWhenLessThanAFifthOfTheTimeIsLeftThenFailsWithTheFlightAndPauseIsOn() {
		hangUntilJoined(1.999, () -> this.late.add(this.room.source.get()));
		this.room.source.get();
		this.room.tasks.runAll();
		assertThat(TokenRoom.failure(this.late.get(0)).getReason()).isEqualTo(Reason.TIMEOUT);
		assertThat(this.room.grant.requests()).isOne();
		assertThat(this.room.refused()).isEqualTo(Reason.TIMEOUT);
		this.room.advanceSeconds(0.5);
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
	}

	@Test
	void getWhenManyJoinLateAndNextFlightFailsThenAllFailWithItWithoutFurtherRequests() {
		hangUntilJoined(5, () -> {
			for (int i = 0; i < 100; i++) {
				this.late.add(this.room.source.get());
			}
		});
		this.room.grant.fail(Reason.REFUSED);
		this.room.source.get();
		this.room.tasks.runAll();
		assertThat(this.late).hasSize(100)
			.allSatisfy((caller) -> assertThat(TokenRoom.failure(caller).getReason()).isEqualTo(Reason.REFUSED));
		assertThat(this.room.grant.requests()).isEqualTo(2);
		this.room.advanceSeconds(1);
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
	}

	@Test
	void getWhenCallerGivesUpThenNothingIsMadeForIt() {
		hangUntilJoined(5, () -> this.late.add(this.room.source.get()));
		CompletableFuture<AccessToken> first = this.room.source.get();
		first.whenComplete((token, ex) -> this.late.get(0).cancel(true));
		this.room.tasks.runAll();
		assertThat(first).isCompletedExceptionally();
		assertThat(this.room.grant.requests()).isOne();
		assertThat(this.room.tasks.timers()).isZero();
	}

	@Test
	void closeWhenCallerWaitsForItsOwnAttemptThenItIsAnswered() {
		hangUntilJoined(5, () -> this.late.add(this.room.source.get()));
		this.room.source.get();
		this.room.tasks.runNext();
		assertThat(this.late.get(0)).isNotDone();
		this.room.source.close();
		assertThat(TokenRoom.failure(this.late.get(0)).getReason()).isEqualTo(Reason.CANCELLED);
		assertThatExceptionOfType(TokenRequestException.class).isThrownBy(this.room.source::await);
	}

	/**
	 * Let the next attempt take longer than a flight may.
	 * @param seconds when somebody joins
	 * @param join how
	 */
	private void hangUntilJoined(double seconds, Runnable join) {
		this.room.grant.answer(() -> {
			this.room.advanceSeconds(seconds);
			join.run();
			// Time passes, and what this starts waits for the next to run it.
			while (this.room.source.status().failure() == null) {
				assertThat(this.room.tasks.fireNext(Duration.ofDays(1).toNanos())).isTrue();
			}
			assertThat(Thread.interrupted()).as("interrupted").isTrue();
			throw ScriptedGrant.failure(Reason.CANCELLED, null);
		});
	}

	private static void awaitParked(Thread thread) {
		while (thread.getState() != Thread.State.WAITING) {
			Thread.onSpinWait();
		}
	}

}
