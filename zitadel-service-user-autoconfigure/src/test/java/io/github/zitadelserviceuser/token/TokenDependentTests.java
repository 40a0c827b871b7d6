// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What depends on a future, and blocks, stops nobody else: neither this source nor
 * another one with the same threads.
 */
@Timeout(60)
class TokenDependentTests {

	private static final RefreshPolicy HASTY = RefreshPolicy.defaults().withTokenTimeout(Duration.ofMillis(500));

	private final String name = "dependents-" + UUID.randomUUID();

	private final DaemonBackgroundTasks tasks = new DaemonBackgroundTasks(this.name);

	private final Thread test = Thread.currentThread();

	private final CountDownLatch release = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.release.countDown();
		this.tasks.close();
	}

	@Test
	void getWhenTimedOutAndDependentRetriesByAwaitThenItIsToldNotTo() throws Exception {
		AtomicReference<TokenGrant> grant = new AtomicReference<>(TokenDependentTests::hang);
		RefreshingTokenSource source = source(HASTY, () -> grant.get().request());
		CompletableFuture<AccessToken> retrying = source.get().exceptionally((ex) -> {
			while (true) {
				requireOther();
				try {
					return source.await();
				}
				catch (TokenRequestException again) {
					Thread.onSpinWait();
				}
			}
		});
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(retrying::get)
			.havingCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessageContaining("must not wait")
			.withMessageContaining("TokenSource.get()")
			.withMessageContaining("executor");
		grant.set(() -> new TokenResponse("token", ScriptedGrant.LIFETIME));
		assertThat(eventually(source).value()).isEqualTo("token");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void getWhenDependentBlocksThenFlightsOfAllSourcesGoOn(boolean timeOut) throws Exception {
		CountDownLatch blocking = new CountDownLatch(1);
		CountDownLatch mayAnswer = new CountDownLatch(1);
		RefreshingTokenSource blocked = timeOut ? hanging() : source(() -> {
			awaitUninterruptibly(mayAnswer);
			return new TokenResponse("token", ScriptedGrant.LIFETIME);
		});
		RefreshingTokenSource other = hanging();
		CompletableFuture<Thread> dependent = blocked.get().handle((token, ex) -> {
			blocking.countDown();
			requireOther();
			awaitUninterruptibly(this.release);
			return Thread.currentThread();
		});
		mayAnswer.countDown();
		blocking.await();
		assertThatExceptionOfType(TokenRequestException.class).as("time passes for others")
			.isThrownBy(other::await)
			.withMessageContaining("500 ms");
		blocked.forget();
		if (timeOut) {
			assertThatExceptionOfType(TokenRequestException.class).as("and for itself")
				.isThrownBy(blocked::await)
				.withMessageContaining("500 ms");
		}
		else {
			assertThat(blocked.await()).isNotNull();
		}
		this.release.countDown();
		assertThat(dependent.get().getName()).startsWith(this.name).doesNotContain("timer");
	}

	@Test
	void getWhenDependentsBlockThenTheOthersOfTheSameFlightAreAnswered() throws Exception {
		CountDownLatch mayAnswer = new CountDownLatch(1);
		RefreshingTokenSource source = RefreshingTokenSource.builder(() -> {
			awaitUninterruptibly(mayAnswer);
			return new TokenResponse("token", ScriptedGrant.LIFETIME);
		}).tasks(this.tasks).build();
		List<CompletableFuture<AccessToken>> blocked = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			blocked.add(source.get().whenComplete((token, ex) -> {
				requireOther();
				awaitUninterruptibly(this.release);
			}));
		}
		CompletableFuture<String> other = source.get().thenApply(AccessToken::value);
		mayAnswer.countDown();
		assertThat(other.get()).isEqualTo("token");
		assertThat(blocked).noneMatch(CompletableFuture::isDone);
		this.release.countDown();
		for (CompletableFuture<AccessToken> caller : blocked) {
			assertThat(caller.get().value()).isEqualTo("token");
		}
	}

	@Test
	void getWhenListenerBlocksThenFlightsOfAllSourcesGoOn() throws Exception {
		CountDownLatch blocking = new CountDownLatch(1);
		RefreshingTokenSource blocked = RefreshingTokenSource.builder(TokenDependentTests::hang)
			.policy(HASTY)
			.tasks(this.tasks)
			.listener(new TokenListener() {

				@Override
				public void onFailed(TokenRequestException failure) {
					blocking.countDown();
					awaitUninterruptibly(TokenDependentTests.this.release);
				}

			})
			.build();
		CompletableFuture<AccessToken> caller = blocked.get();
		blocking.await();
		assertThatExceptionOfType(TokenRequestException.class).isThrownBy(hanging()::await)
			.withMessageContaining("500 ms");
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(caller::get);
	}

	@Test
	void closeWhenDependentBlocksThenReturns() throws Exception {
		CountDownLatch running = new CountDownLatch(1);
		RefreshingTokenSource source = source(() -> {
			running.countDown();
			return hang();
		});
		CompletableFuture<Thread> dependent = source.get().handle((token, ex) -> {
			requireOther();
			awaitUninterruptibly(this.release);
			return Thread.currentThread();
		});
		running.await();
		source.close();
		this.release.countDown();
		assertThat(dependent.get()).isNotSameAs(Thread.currentThread());
	}

	@Test
	void awaitWhenGrantWaitsForItsOwnTokenThenItIsToldNotTo() {
		AtomicReference<RefreshingTokenSource> source = new AtomicReference<>();
		source.set(source(() -> {
			assertThatIllegalStateException().isThrownBy(source.get()::await)
				.withMessageContaining(Thread.currentThread().getName());
			return new TokenResponse("token", ScriptedGrant.LIFETIME);
		}));
		assertThat(source.get().await().value()).isEqualTo("token");
	}

	@Test
	void awaitWhenGrantNeedsTheTokenOfAnotherSourceThenWaitsForIt() {
		RefreshingTokenSource other = source(() -> new TokenResponse("other", ScriptedGrant.LIFETIME));
		RefreshingTokenSource source = source(
				() -> new TokenResponse("by-" + other.await().value(), ScriptedGrant.LIFETIME));
		assertThat(source.await().value()).isEqualTo("by-other");
	}

	@Test
	void awaitWhenTokenIsHeldThenDependentHasIt() throws Exception {
		RefreshingTokenSource source = source(() -> new TokenResponse("token", ScriptedGrant.LIFETIME));
		CompletableFuture<AccessToken> dependent = source.get().thenApply((token) -> source.await());
		assertThat(dependent.get().value()).isEqualTo("token");
	}

	private RefreshingTokenSource hanging() {
		return source(HASTY, TokenDependentTests::hang);
	}

	private RefreshingTokenSource source(TokenGrant grant) {
		return source(RefreshPolicy.defaults(), grant);
	}

	private RefreshingTokenSource source(RefreshPolicy policy, TokenGrant grant) {
		return RefreshingTokenSource.builder(grant).policy(policy).tasks(this.tasks).random(new FixedRandom(0)).build();
	}

	/**
	 * Fail where the future was complete before something depended on it: then that runs
	 * on the thread of the test, which a busy machine may have held up for that long.
	 */
	private void requireOther() {
		if (Thread.currentThread() == this.test) {
			throw new IllegalStateException("Not on another thread");
		}
	}

	private static AccessToken eventually(RefreshingTokenSource source) {
		while (true) {
			try {
				return source.await();
			}
			catch (TokenRequestException ex) {
				assertThat(ex.getReason()).isEqualTo(Reason.TIMEOUT);
			}
		}
	}

	private static TokenResponse hang() {
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			throw new TokenRequestException(Reason.CANCELLED, "Interrupted", ex);
		}
		throw new IllegalStateException();
	}

	private static void awaitUninterruptibly(CountDownLatch latch) {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
		while (latch.getCount() > 0 && System.nanoTime() - end < 0) {
			try {
				latch.await(1, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				assertThat(latch.getCount()).isNotNegative();
			}
		}
	}

}
