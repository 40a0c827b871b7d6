// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.holder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

import reactor.core.publisher.Mono;

/**
 * A token endpoint without a wire: it takes its time, counts and answers. Thread-safe.
 *
 * @since 0.1.0
 */
public final class StubEndpoint {

	/**
	 * How many characters a token has.
	 */
	public static final int TOKEN_LENGTH = 100;

	private final AtomicInteger requests = new AtomicInteger();

	private final Duration latency;

	private final Clock clock;

	private final IntFunction<Duration> lifetimes;

	private final BooleanSupplier down;

	/**
	 * Create a new endpoint.
	 * @param latency how long an answer takes
	 * @param clock the clock of the endpoint
	 * @param lifetimes the lifetime of the n-th token, from one on
	 * @param down whether requests fail now
	 */
	public StubEndpoint(Duration latency, Clock clock, IntFunction<Duration> lifetimes, BooleanSupplier down) {
		this.latency = latency;
		this.clock = clock;
		this.lifetimes = lifetimes;
		this.down = down;
	}

	/**
	 * Create an endpoint that always works and issues tokens for twelve hours.
	 * @param latency how long an answer takes
	 * @return the endpoint
	 */
	public static StubEndpoint of(Duration latency) {
		return new StubEndpoint(latency, Clock.systemUTC(), (number) -> Duration.ofHours(12), () -> false);
	}

	/**
	 * Return how many requests there were.
	 * @return the number of requests, failed ones included
	 */
	public int requests() {
		return this.requests.get();
	}

	/**
	 * Request a token and wait for it.
	 * @return the answer
	 * @throws UncheckedIOException if the endpoint is down
	 */
	public Issued request() {
		int number = this.requests.incrementAndGet();
		try {
			TimeUnit.NANOSECONDS.sleep(this.latency.toNanos());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
		return answer(number);
	}

	/**
	 * Request a token.
	 * @return the answer, later
	 */
	Mono<Issued> requestLater() {
		return Mono.defer(() -> {
			int number = this.requests.incrementAndGet();
			return this.latency.isZero() ? Mono.fromSupplier(() -> answer(number))
					: Mono.delay(this.latency).map((tick) -> answer(number));
		});
	}

	private Issued answer(int number) {
		if (this.down.getAsBoolean()) {
			throw new UncheckedIOException(new IOException("The token endpoint is down"));
		}
		String token = "token-" + number;
		return new Issued(token + "x".repeat(TOKEN_LENGTH - token.length()), this.clock.instant(),
				this.lifetimes.apply(number));
	}

}
