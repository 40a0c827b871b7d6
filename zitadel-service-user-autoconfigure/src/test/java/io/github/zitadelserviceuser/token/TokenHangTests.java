// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Attempts that ignore their interruption: there are never more than eight.
 */
@Timeout(20)
class TokenHangTests {

	private static final int MOST = 8;

	private final TokenRoom room = new TokenRoom();

	private int hanging;

	@Test
	void getWhenEightAttemptsHangThenNextFlightFailsAtOnceAndWorksAgainWhenOneEnds() {
		for (int i = 0; i < MOST; i++) {
			this.room.grant.answer(this::hang);
		}
		assertThat(timedOut()).hasMessageContaining("10000 ms");
		assertThat(this.room.held()).as("late answers change nothing").isEqualTo("token-1");
		assertThat(this.room.grant.requests()).isEqualTo(MOST + 1);
		assertThat(this.room.listener.take()).hasSize(MOST + 2).endsWith("failed TIMEOUT", "obtained token-1");
	}

	@Test
	void getWhenThreadsHangThenNoMoreAreTaken() throws Exception {
		AtomicInteger requests = new AtomicInteger();
		CountDownLatch release = new CountDownLatch(1);
		TokenGrant grant = () -> {
			requests.incrementAndGet();
			while (release.getCount() > 0) {
				try {
					release.await();
				}
				catch (InterruptedException ex) {
					assertThat(release.getCount()).isOne();
				}
			}
			return new TokenResponse("token", ScriptedGrant.LIFETIME);
		};
		try (RefreshingTokenSource source = RefreshingTokenSource.builder(grant)
			.policy(RefreshPolicy.defaults().withTokenTimeout(Duration.ofMillis(200)))
			.random(new FixedRandom(0))
			.build()) {
			while (requests.get() < MOST) {
				assertThatExceptionOfType(TokenRequestException.class).isThrownBy(source::await)
					.withMessageContaining("200 ms");
			}
			for (int i = 0; i < 100; i++) {
				assertThat(TokenRoom.failure(source.get())).hasMessageContaining("8 earlier requests still hang");
			}
			assertThat(requests).hasValue(MOST);
			release.countDown();
			CompletableFuture<AccessToken> caller = source.get();
			while (caller.isCompletedExceptionally() && !Thread.currentThread().isInterrupted()) {
				caller = source.get();
			}
			assertThat(caller.get().value()).isEqualTo("token");
		}
	}

	/**
	 * Take longer than the time-out, ignore the interruption, and go on while the next
	 * flights take place.
	 */
	private TokenResponse hang() {
		this.hanging++;
		this.room.advanceSeconds(10);
		assertThat(Thread.interrupted()).as("interrupted").isTrue();
		this.room.advanceSeconds(10);
		if (this.hanging < MOST) {
			assertThat(timedOut()).hasMessageContaining("10000 ms");
			this.room.advanceSeconds(10);
			assertThat(this.room.obtain().value()).as("seven or fewer hang").isEqualTo("token-1");
		}
		else {
			CompletableFuture<AccessToken> caller = this.room.source.get();
			assertThat(TokenRoom.failure(caller)).hasMessageContaining("8 earlier requests still hang")
				.hasMessageContaining("DNS")
				.hasMessageContaining("network file system")
				.hasFieldOrPropertyWithValue("reason", Reason.TIMEOUT);
			assertThat(this.room.tasks.waiting()).as("no thread was asked for").isZero();
			assertThat(this.room.tasks.timers()).isZero();
		}
		throw ScriptedGrant.failure(Reason.UNREACHABLE, null);
	}

	private TokenRequestException timedOut() {
		CompletableFuture<AccessToken> caller = this.room.source.get();
		this.room.tasks.runAll();
		TokenRequestException failure = TokenRoom.failure(caller);
		assertThat(failure.getReason()).isEqualTo(Reason.TIMEOUT);
		return failure;
	}

}
