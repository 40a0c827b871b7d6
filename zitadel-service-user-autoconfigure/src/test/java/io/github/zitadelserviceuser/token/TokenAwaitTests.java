// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The blocking door.
 */
@Timeout(20)
class TokenAwaitTests {

	private final TokenRoom room = new TokenRoom();

	@Test
	void awaitWhenFreshThenReturnsEvenToInterruptedCallerWithoutWaiting() {
		AccessToken token = this.room.obtain();
		Thread.currentThread().interrupt();
		assertThat(this.room.source.await()).isSameAs(token);
		assertThat(Thread.interrupted()).as("flag is left alone").isTrue();
	}

	@Test
	void awaitWhenColdThenWaitsForTheFlight() throws Exception {
		FutureTask<AccessToken> caller = new FutureTask<>(this.room.source::await);
		Thread thread = new Thread(caller);
		thread.start();
		awaitParked(thread);
		this.room.tasks.runAll();
		assertThat(caller.get().value()).isEqualTo("token-1");
	}

	@Test
	void awaitWhenInterruptedThenThatCallerEndsAloneWithFlagSet() throws Exception {
		CompletableFuture<AccessToken> other = this.room.source.get();
		FutureTask<Boolean> flag = new FutureTask<>(() -> {
			assertThatExceptionOfType(TokenRequestException.class).isThrownBy(this.room.source::await)
				.withCauseInstanceOf(InterruptedException.class)
				.extracting(TokenRequestException::getReason)
				.isEqualTo(Reason.CANCELLED);
			return Thread.currentThread().isInterrupted();
		});
		Thread thread = new Thread(flag);
		thread.start();
		awaitParked(thread);
		thread.interrupt();
		assertThat(flag.get()).isTrue();
		assertThat(other).isNotDone();
		this.room.tasks.runAll();
		assertThat(other.join().value()).isEqualTo("token-1");
	}

	@Test
	void awaitWhenOthersDoNotWaitThenWhatTheyDoNextIsNotDoneOnItsThread() throws Exception {
		FutureTask<AccessToken> caller = new FutureTask<>(this.room.source::await);
		Thread thread = new Thread(caller);
		List<Thread> seen = new CopyOnWriteArrayList<>();
		CompletableFuture<Void> first = this.room.source.get().thenRun(() -> seen.add(Thread.currentThread()));
		CompletableFuture<Void> second = this.room.source.get().thenRun(() -> {
			seen.add(Thread.currentThread());
			// The caller is woken by now, and goes on without doing anything for others.
			while (!caller.isDone() && Thread.currentThread() != thread) {
				Thread.onSpinWait();
			}
		});
		thread.start();
		awaitParked(thread);
		this.room.tasks.runAll();
		assertThat(caller.get().value()).isEqualTo("token-1");
		CompletableFuture.allOf(first, second).join();
		assertThat(seen).containsExactly(Thread.currentThread(), Thread.currentThread());
	}

	@Test
	void awaitWhenFlightFailedThenExceptionIsTheCallersOwn() {
		this.room.grant.fail(Reason.REFUSED, Duration.ofSeconds(30));
		CompletableFuture<AccessToken> shared = this.room.source.get();
		this.room.tasks.runAll();
		TokenRequestException failure = TokenRoom.failure(shared);
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(TokenRequestException.class).isThrownBy(this.room.source::await)
				.withMessage(failure.getMessage())
				.isNotSameAs(failure)
				.havingCause()
				.isSameAs(failure);
		}
		TokenRequestException own = null;
		try {
			this.room.source.await();
		}
		catch (TokenRequestException ex) {
			own = ex;
		}
		assertThat(own).isNotNull();
		assertThat(own.getReason()).isEqualTo(Reason.REFUSED);
		assertThat(own.getRetryAfter()).isEqualTo(Duration.ofSeconds(30));
		assertThat(own.getStackTrace()).anyMatch((frame) -> frame.getClassName().equals(getClass().getName()));
		this.room.advanceSeconds(30);
		assertThat(this.room.obtain().value()).isEqualTo("token-1");
		assertThat(this.room.source.await().value()).isEqualTo("token-1");
	}

	@Test
	void awaitWhenThreadMustNotBlockThenRefusedOnlyWhereItWouldWait() {
		TokenRoom reactive = new TokenRoom(RefreshPolicy.defaults(),
				(builder) -> builder.nonBlockingThread(() -> true));
		assertThatIllegalStateException().isThrownBy(reactive.source::await)
			.withMessageContaining(Thread.currentThread().getName())
			.withMessageContaining("TokenSource.get()");
		reactive.tasks.runAll();
		assertThat(reactive.source.await().value()).as("the flight brought it").isEqualTo("token-1");
		reactive.advance(Duration.ofMinutes(50));
		assertThat(reactive.source.await().value()).as("stale").isEqualTo("token-1");
		reactive.source.close();
		reactive.advance(Duration.ofMinutes(10));
		assertThatExceptionOfType(TokenRequestException.class).isThrownBy(reactive.source::await);
	}

	/**
	 * Wait, without a clock, until a thread waits.
	 */
	private static void awaitParked(Thread thread) {
		while (thread.getState() != Thread.State.WAITING) {
			Thread.onSpinWait();
		}
	}

}
