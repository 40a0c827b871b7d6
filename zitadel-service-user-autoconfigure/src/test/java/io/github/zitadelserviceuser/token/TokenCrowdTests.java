// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hundreds of real callers at once: platform threads, reactive ones, and virtual threads
 * where the JDK has them.
 */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class TokenCrowdTests {

	private static final int CALLERS = 500;

	private static final int REACTIVE_THREADS = 4;

	private static final int ROUNDS = 50;

	private final ExecutorService platform = Executors.newFixedThreadPool(CALLERS + REACTIVE_THREADS);

	private final @Nullable ExecutorService virtual = virtualThreads();

	private final MutableTime time = new MutableTime();

	private final AtomicInteger requests = new AtomicInteger();

	private volatile CountDownLatch mayAnswer = new CountDownLatch(0);

	private volatile CountDownLatch landed = new CountDownLatch(0);

	@BeforeAll
	void startThreads() throws Exception {
		List<Callable<Void>> nothing = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			nothing.add(() -> null);
		}
		this.platform.invokeAll(nothing);
	}

	@BeforeEach
	void countAnew() {
		this.requests.set(0);
		this.mayAnswer = new CountDownLatch(0);
	}

	@AfterAll
	void stopThreads() {
		this.platform.shutdownNow();
		if (this.virtual != null) {
			this.virtual.shutdownNow();
		}
	}

	@Test
	void getWhenCrowdComesColdThenOneRequest() throws Exception {
		for (int round = 1; round <= ROUNDS; round++) {
			try (RefreshingTokenSource source = source()) {
				assertThat(crowd(source::get, source::await, round % 2 == 0)).hasSize(1);
				assertThat(this.requests).as("requests in round " + round).hasValue(round);
			}
		}
	}

	@Test
	void getWhenCrowdComesAtExpiryThenOneRequest() throws Exception {
		try (RefreshingTokenSource source = source()) {
			String before = source.await().value();
			for (int round = 2; round <= ROUNDS; round++) {
				this.time.advance(ScriptedGrant.LIFETIME);
				assertThat(crowd(source::get, source::await, round % 2 == 0)).hasSize(1).doesNotContain(before);
				assertThat(this.requests).as("requests in round " + round).hasValue(round);
				before = source.await().value();
			}
		}
	}

	@Test
	void getWhenCrowdComesAtRefreshPointThenOneRequestAndNobodyWaits() throws Exception {
		try (RefreshingTokenSource source = source()) {
			String before = source.await().value();
			for (int round = 2; round <= ROUNDS; round++) {
				this.landed = new CountDownLatch(1);
				this.time.advance(Duration.ofMinutes(50));
				Set<String> tokens = crowd(source::get, source::await, round % 2 == 0);
				this.landed.await();
				String after = source.await().value();
				assertThat(after).isNotEqualTo(before);
				assertThat(tokens).isSubsetOf(before, after);
				assertThat(this.requests).as("requests in round " + round).hasValue(round);
				before = after;
			}
		}
	}

	@Test
	void getWhenCrowdIsRejectedThenOneRequest() throws Exception {
		try (RefreshingTokenSource source = source()) {
			AccessToken before = source.await();
			for (int round = 2; round <= ROUNDS; round++) {
				this.time.advance(Duration.ofSeconds(10));
				AccessToken rejected = before;
				Set<String> tokens = crowd(() -> source.reject(rejected), () -> source.reject(rejected).get(),
						round % 2 == 0);
				assertThat(tokens).hasSize(1).doesNotContain(rejected.value());
				assertThat(this.requests).as("requests in round " + round).hasValue(round);
				before = source.await();
			}
		}
	}

	@Test
	void getWhenTokenIsRejectedThenCrowdDoesNotWaitForAnother() throws Exception {
		try (RefreshingTokenSource source = source()) {
			AccessToken rejected = source.await();
			this.time.advance(Duration.ofSeconds(10));
			this.mayAnswer = new CountDownLatch(1);
			CompletableFuture<AccessToken> rejecting = source.reject(rejected);
			Callable<AccessToken> other = source::await;
			for (Future<AccessToken> caller : this.platform.invokeAll(Collections.nCopies(CALLERS, other))) {
				assertThat(caller.get()).isSameAs(rejected);
			}
			assertThat(rejecting).isNotDone();
			this.mayAnswer.countDown();
			assertThat(rejecting.get()).isNotEqualTo(rejected).isSameAs(source.await());
			assertThat(this.requests).hasValue(2);
		}
	}

	/**
	 * Let everybody ask at once, and return all tokens that they were given.
	 * @param slow whether the answer comes when all reactive callers have asked, and not
	 * at once
	 */
	private Set<String> crowd(Supplier<CompletableFuture<AccessToken>> reactive, Callable<AccessToken> blocking,
			boolean slow) throws Exception {
		Set<String> tokens = ConcurrentHashMap.newKeySet();
		CountDownLatch start = new CountDownLatch(1);
		CountDownLatch asked = new CountDownLatch(CALLERS);
		this.mayAnswer = slow ? asked : new CountDownLatch(0);
		List<Future<?>> callers = new ArrayList<>();
		Callable<?> call = () -> {
			start.await();
			return tokens.add(blocking.call().value());
		};
		for (int i = 0; i < CALLERS; i++) {
			callers.add(this.platform.submit(call));
			if (this.virtual != null) {
				callers.add(this.virtual.submit(call));
			}
		}
		for (int i = 0; i < REACTIVE_THREADS; i++) {
			callers.add(this.platform.submit(() -> {
				start.await();
				return Flux.range(0, CALLERS / REACTIVE_THREADS).flatMap((number) -> {
					Mono<AccessToken> answer = Mono.fromFuture(reactive.get());
					asked.countDown();
					return answer;
				}, CALLERS).doOnNext((token) -> tokens.add(token.value())).blockLast();
			}));
		}
		start.countDown();
		for (Future<?> caller : callers) {
			caller.get();
		}
		return tokens;
	}

	private RefreshingTokenSource source() {
		return RefreshingTokenSource.builder(this::request)
			.time(this.time, this.time::nanoTime)
			.listener(new TokenListener() {

				@Override
				public void onRefreshed(AccessToken token) {
					TokenCrowdTests.this.landed.countDown();
				}

			})
			.build();
	}

	private TokenResponse request() {
		int number = this.requests.incrementAndGet();
		try {
			this.mayAnswer.await();
		}
		catch (InterruptedException ex) {
			throw new TokenRequestException(TokenRequestException.Reason.CANCELLED, "Interrupted", ex);
		}
		return new TokenResponse("token-" + number, ScriptedGrant.LIFETIME);
	}

	/**
	 * Return virtual threads, which JDK 21 brought and the compiler, set to an older
	 * release, does not know.
	 */
	private static @Nullable ExecutorService virtualThreads() {
		if (Runtime.version().feature() < 21) {
			return null;
		}
		try {
			return (ExecutorService) MethodHandles.lookup()
				.findStatic(Executors.class, "newVirtualThreadPerTaskExecutor",
						MethodType.methodType(ExecutorService.class))
				.invokeExact();
		}
		catch (Throwable ex) {
			throw new IllegalStateException(ex);
		}
	}

}
