// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One flight for all, which always ends.
 */
class TokenFlightTests {

	private final TokenRoom room = new TokenRoom();

	@Test
	void getWhenColdThenAllCallersShareOneFlight() {
		List<CompletableFuture<AccessToken>> callers = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			callers.add(this.room.source.get());
		}
		assertThat(callers).noneMatch(CompletableFuture::isDone);
		this.room.tasks.runAll();
		assertThat(callers).allSatisfy((caller) -> assertThat(caller.join().value()).isEqualTo("token-1"));
		assertThat(this.room.grant.requests()).isOne();
	}

	@Test
	void getWhenCallersGiveUpThenFlightGoesOnForOthers() {
		CompletableFuture<AccessToken> first = this.room.source.get();
		CompletableFuture<AccessToken> second = this.room.source.get();
		CompletableFuture<AccessToken> third = this.room.source.get();
		first.cancel(true);
		second.completeExceptionally(new IllegalStateException("had enough"));
		this.room.tasks.runAll();
		assertThat(first).isCancelled();
		assertThat(TokenRoom.token(third).value()).isEqualTo("token-1");
		assertThat(this.room.grant.requests()).isOne();
	}

	@Test
	void getWhenEveryCallerGivesUpThenAnswerIsHeldAllTheSame() {
		this.room.source.get().cancel(true);
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.grant.requests()).isOne();
	}

	@Test
	void getWhenAskedBecauseOfOutcomeThenItIsThere() {
		CompletableFuture<String> seen = this.room.source.get().thenApply((token) -> this.room.held());
		this.room.tasks.runAll();
		assertThat(seen).isCompletedWithValue("token-1");
		assertThat(this.room.grant.requests()).isOne();
	}

	@Test
	void getWhenAskedBecauseOfFailureThenPauseIsOn() {
		this.room.grant.fail(Reason.REFUSED);
		CompletableFuture<Reason> seen = this.room.source.get().handle((token, ex) -> this.room.refused());
		this.room.tasks.runAll();
		assertThat(seen).isCompletedWithValue(Reason.REFUSED);
		assertThat(this.room.grant.requests()).isOne();
	}

	@Test
	void getWhenRequestHangsThenFlightEndsAtTimeoutAndNextWorks() {
		List<CompletableFuture<AccessToken>> callers = new ArrayList<>();
		List<Boolean> interrupted = new ArrayList<>();
		this.room.grant.answer(() -> {
			this.room.advanceSeconds(1.999);
			callers.add(this.room.source.get());
			this.room.advanceSeconds(8);
			assertThat(callers).noneMatch(CompletableFuture::isDone);
			this.room.advanceSeconds(0.001);
			assertThat(callers).allMatch(CompletableFuture::isCompletedExceptionally);
			interrupted.add(Thread.interrupted());
			assertThat(this.room.refused()).isEqualTo(Reason.TIMEOUT);
			this.room.advanceSeconds(0.5);
			assertThat(this.room.obtain().value()).isEqualTo("token-1");
			return this.room.grant.token(ScriptedGrant.LIFETIME);
		});
		callers.add(this.room.source.get());
		this.room.tasks.runAll();
		assertThat(interrupted).as("stuck attempt was interrupted").containsExactly(true);
		assertThat(TokenRoom.failure(callers.get(0))).hasMessageContaining("10000 ms")
			.hasMessageContaining("token-timeout")
			.hasFieldOrPropertyWithValue("reason", Reason.TIMEOUT);
		assertThat(this.room.held()).as("late answer changes nothing").isEqualTo("token-1");
		assertThat(this.room.listener.take()).containsExactly("failed TIMEOUT", "obtained token-1");
	}

	@Test
	void getWhenLateAnswerIsFailureThenNothingChanges() {
		this.room.grant.answer(() -> {
			this.room.advanceSeconds(10);
			Thread.interrupted();
			this.room.advanceSeconds(0.5);
			this.room.obtain();
			throw ScriptedGrant.failure(Reason.UNREACHABLE, null);
		});
		this.room.source.get();
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-1");
		assertThat(this.room.listener.take()).containsExactly("failed TIMEOUT", "obtained token-1");
		assertThat(this.room.tasks.timers()).isZero();
	}

	@Test
	void getWhenRepetitionHangsThenItIsInterruptedAndFailureTellsWhatWasBefore() {
		List<Boolean> interrupted = new ArrayList<>();
		this.room.grant.fail(Reason.UNAVAILABLE).answer(() -> {
			this.room.advanceSeconds(9.5);
			interrupted.add(Thread.interrupted());
			throw ScriptedGrant.failure(Reason.UNREACHABLE, null);
		});
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		this.room.advanceSeconds(0.5);
		assertThat(interrupted).containsExactly(true);
		assertThat(TokenRoom.failure(caller)).hasMessageContaining("Before that: The script says UNAVAILABLE")
			.hasCauseInstanceOf(TokenRequestException.class);
		this.room.advanceSeconds(1);
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
	}

	@Test
	void getWhenAttemptNeverGetsThreadThenFlightEndsAtTimeout() {
		CompletableFuture<AccessToken> caller = this.room.source.get();
		assertThat(this.room.tasks.fireNext(Duration.ofSeconds(10).toNanos())).isTrue();
		assertThat(TokenRoom.failure(caller).getReason()).isEqualTo(Reason.TIMEOUT);
		this.room.tasks.runAll();
		assertThat(this.room.grant.requests()).as("attempt of a flight that has ended").isZero();
		this.room.advanceSeconds(0.5);
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
	}

	@ParameterizedTest
	@MethodSource
	void getWhenGrantThrowsOrReturnsWhatItMustNotThenUnexpectedAndNextWorks(Supplier<TokenResponse> answer) {
		this.room.grant.answer(answer);
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		TokenRequestException failure = TokenRoom.failure(caller);
		assertThat(failure.getReason()).isEqualTo(Reason.UNEXPECTED);
		assertThat(failure).hasMessageContaining(failure.getCause().getClass().getName());
		assertThat(this.room.refused()).isEqualTo(Reason.UNEXPECTED);
		assertThat(this.room.grant.requests()).isOne();
		this.room.advanceSeconds(0.5);
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
	}

	static Stream<Supplier<TokenResponse>> getWhenGrantThrowsOrReturnsWhatItMustNotThenUnexpectedAndNextWorks() {
		return Stream.of(() -> {
			throw new IllegalStateException();
		}, () -> {
			throw new NoClassDefFoundError();
		}, () -> {
			throw new StackOverflowError();
		}, () -> null);
	}

	@Test
	void getWhenNoThreadIsToBeHadThenFailureGrowsPauseAndNextWorks() {
		this.room.random.set(0);
		this.room.tasks.reject(true);
		assertThat(this.room.refused()).as("even with a pause of no length").isEqualTo(Reason.UNEXPECTED);
		this.room.random.set(0.5);
		assertThat(this.room.refused()).isEqualTo(Reason.UNEXPECTED);
		this.room.tasks.reject(false);
		this.room.advanceSeconds(0.999);
		assertThat(this.room.refused()).as("second pause").isEqualTo(Reason.UNEXPECTED);
		this.room.advanceSeconds(0.001);
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
	}

	@Test
	void getWhenStaleAndNoThreadIsToBeHadThenTokenIsServed() {
		this.room.obtain();
		this.room.advance(Duration.ofMinutes(50));
		this.room.tasks.reject(true);
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.tasks.reject(false);
		this.room.advanceSeconds(0.5);
		assertThat(this.room.held()).isEqualTo("token-1");
		this.room.tasks.runAll();
		assertThat(this.room.held()).isEqualTo("token-2");
	}

}
