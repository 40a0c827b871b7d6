// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.life;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.github.zitadelserviceuser.benchmarks.holder.Holder;
import io.github.zitadelserviceuser.benchmarks.holder.HolderKind;
import io.github.zitadelserviceuser.benchmarks.holder.StubEndpoint;
import io.github.zitadelserviceuser.benchmarks.holder.Timing;
import io.github.zitadelserviceuser.benchmarks.time.VirtualTime;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import reactor.core.publisher.Mono;

/**
 * Calls at a steady rate while one short token follows another, in virtual time.
 */
final class ShortTokens {

	static final Duration LIFETIME = Duration.ofMinutes(5);

	private final VirtualTime time = new VirtualTime(Duration.ofSeconds(10));

	private long calls;

	private long failed;

	private ShortTokens() {
	}

	/**
	 * Run.
	 * @param kind what holds the token
	 * @param duration for how long
	 * @param betweenCalls the time between two calls
	 * @return what callers and endpoint saw
	 */
	static Result run(HolderKind kind, Duration duration, Duration betweenCalls) {
		return new ShortTokens().callFor(kind, duration, betweenCalls);
	}

	/**
	 * Return the token requests that there would be if each token was used until it is
	 * due: one at the start and one for each interval (the refresh point of this library
	 * less half of its jitter), the last of which is half over on average.
	 * @param duration for how long there are calls
	 * @param lifetime how long a token lives
	 * @return the number of requests
	 */
	static double idealRequests(Duration duration, Duration lifetime) {
		RefreshPolicy policy = RefreshPolicy.defaults();
		double interval = lifetime.toMillis() * (policy.refreshAt() - policy.refreshJitter() / 2);
		return 0.5 + duration.toMillis() / interval;
	}

	private Result callFor(HolderKind kind, Duration duration, Duration betweenCalls) {
		// From now on, since Spring Security stamps its responses with the time of this
		// machine.
		Clock clock = Clock.offset(this.time, Duration.between(this.time.instant(), Instant.now()));
		StubEndpoint endpoint = new StubEndpoint(Duration.ZERO, clock, (number) -> LIFETIME, () -> false);
		try (Holder holder = kind.create(endpoint, new Timing(clock, this.time::nanoTime, this.time))) {
			for (Duration at = Duration.ZERO; at.compareTo(duration) < 0; at = at.plus(betweenCalls)) {
				this.time.runUntil(at);
				call(kind, holder, clock);
			}
			this.time.runUntil(duration);
		}
		return new Result(this.calls, this.failed, endpoint.requests());
	}

	private void call(HolderKind kind, Holder holder, Clock clock) {
		this.calls++;
		// Only this library has its background work done by this thread, so that a caller
		// must not wait for it here.
		Mono<?> token = (kind == HolderKind.SERVICE_USER) ? holder.tokenLater() : Mono.fromCallable(holder::token);
		token.subscribe((value) -> {
			if (value instanceof AccessToken held && !held.expiresAt().isAfter(clock.instant())) {
				this.failed++;
			}
		}, (ex) -> this.failed++);
	}

	/**
	 * What callers and endpoint saw.
	 *
	 * @param calls the calls made
	 * @param failed those that had no token, or one that had expired
	 * @param requests the token requests
	 */
	record Result(long calls, long failed, int requests) {

	}

}
