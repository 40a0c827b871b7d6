// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.stress;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.jspecify.annotations.Nullable;

/**
 * A source of tokens and all around it, cheap enough to make one for each of millions of
 * samples. The first token is "1", the next "2". Each lives for an hour, is refreshed
 * after 46.5 minutes and used for 59.
 */
final class StressRoom {

	private static final Clock WALL_CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

	/** Draws the middle of each range. */
	private static final RandomGenerator RANDOM = () -> Long.MIN_VALUE;

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger lateRequests = new AtomicInteger();

	/** Moves only before and after the actors. */
	private long nanos;

	final StressTasks tasks;

	final RefreshingTokenSource source;

	StressRoom(StressTasks tasks) {
		this.tasks = tasks;
		this.source = RefreshingTokenSource.builder(this::request)
			.tasks(tasks)
			.time(WALL_CLOCK, () -> this.nanos)
			.random(RANDOM)
			.build();
	}

	/**
	 * Return a room in which a token has been held for a while.
	 * @param age how long
	 * @return a new room
	 */
	static StressRoom holding(Duration age) {
		StressRoom room = new StressRoom(StressTasks.handed());
		room.obtainAfter(Duration.ZERO).join();
		room.nanos += age.toNanos();
		return room;
	}

	CompletableFuture<AccessToken> ask() {
		return this.source.get();
	}

	/**
	 * Ask later on, and land the flight if that causes one.
	 * @param duration how much later
	 * @return the answer
	 */
	CompletableFuture<AccessToken> obtainAfter(Duration duration) {
		this.nanos += duration.toNanos();
		CompletableFuture<AccessToken> wait = ask();
		if (!wait.isDone()) {
			this.tasks.runNext();
		}
		return wait;
	}

	/**
	 * Let time pass, before or after the actors.
	 * @param duration how much
	 */
	void advance(Duration duration) {
		this.nanos += duration.toNanos();
	}

	int requests() {
		return this.requests.get();
	}

	/**
	 * Return the number of requests that were made when the source was closed.
	 * @return the number, from zero
	 */
	int lateRequests() {
		return this.lateRequests.get();
	}

	/**
	 * Return what a caller was told.
	 * @param wait what it was given to wait for, if it asked at all
	 * @return the token, the reason for which there is none, or that there was no answer
	 */
	static String answer(@Nullable CompletableFuture<AccessToken> wait) {
		if (wait == null || !wait.isDone()) {
			return "UNANSWERED";
		}
		if (wait.isCancelled()) {
			return "GAVE_UP";
		}
		return wait.handle((token, ex) -> (ex != null) ? reason(ex) : token.value()).join();
	}

	private static String reason(Throwable ex) {
		Throwable failure = (ex instanceof CompletionException) ? ex.getCause() : ex;
		return (failure instanceof TokenRequestException known) ? known.getReason().name() : String.valueOf(failure);
	}

	private TokenResponse request() {
		if (this.tasks.isClosed()) {
			this.lateRequests.incrementAndGet();
		}
		return new TokenResponse(String.valueOf(this.requests.incrementAndGet()), Duration.ofHours(1));
	}

}
