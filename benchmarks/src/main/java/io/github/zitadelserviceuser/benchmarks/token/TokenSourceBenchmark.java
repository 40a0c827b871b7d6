// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.token;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A token at hand, beside the least that anything could do that holds a token and knows
 * the time: read a volatile field, read a clock.
 *
 * @since 0.1.0
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenSourceBenchmark {

	private final RefreshingTokenSource source = RefreshingTokenSource
		.builder(() -> new TokenResponse("token", Duration.ofHours(12)))
		.build();

	private volatile Held held = new Held("token", Long.MAX_VALUE);

	/**
	 * Obtain the token.
	 */
	@Setup
	public void obtain() {
		this.held = new Held(this.source.await().value(), System.nanoTime() + Duration.ofHours(9).toNanos());
	}

	/**
	 * End the background thread.
	 */
	@TearDown
	public void close() {
		this.source.close();
	}

	/**
	 * The floor.
	 * @return the token
	 */
	@Benchmark
	public String floor() {
		Held held = this.held;
		return (System.nanoTime() - held.staleAt < 0) ? held.token : "";
	}

	/**
	 * The floor with the other clock too, without which a machine that slept, or a clock
	 * that was set back, would make an old token look young.
	 * @return the token
	 */
	@Benchmark
	public String floorOfTwoClocks() {
		Held held = this.held;
		return (System.nanoTime() - held.staleAt < 0 && System.currentTimeMillis() < Long.MAX_VALUE) ? held.token : "";
	}

	/**
	 * What a non-blocking caller does.
	 * @return the token
	 */
	@Benchmark
	public CompletableFuture<AccessToken> get() {
		return this.source.get();
	}

	/**
	 * What a blocking caller does.
	 * @return the token
	 */
	@Benchmark
	public AccessToken await() {
		return this.source.await();
	}

	private record Held(String token, long staleAt) {

	}

}
