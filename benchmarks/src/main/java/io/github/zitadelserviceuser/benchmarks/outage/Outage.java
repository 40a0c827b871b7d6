// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.benchmarks.outage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.github.zitadelserviceuser.benchmarks.holder.Holder;
import io.github.zitadelserviceuser.benchmarks.holder.HolderKind;
import io.github.zitadelserviceuser.benchmarks.holder.StubEndpoint;
import io.github.zitadelserviceuser.benchmarks.holder.Timing;
import io.github.zitadelserviceuser.benchmarks.time.VirtualTime;
import reactor.core.publisher.Mono;

/**
 * A token endpoint that is down for a fifth of a token's life, in virtual time, and calls
 * at a steady rate meanwhile.
 */
final class Outage {

	static final Duration LIFETIME = Duration.ofHours(12);

	static final Duration DURATION = LIFETIME.dividedBy(5);

	private final VirtualTime time = new VirtualTime(Duration.ofSeconds(10));

	private final Duration from;

	private int calls;

	private int failed;

	private Outage(Duration from) {
		this.from = from;
	}

	/**
	 * Run from the first token to well after the second one.
	 * @param kind what holds the token
	 * @param from when the endpoint goes down, counted from the first token on
	 * @param betweenCalls the time between two calls
	 * @return what callers and endpoint saw
	 * @throws Exception if the holder cannot be closed
	 */
	static Result run(HolderKind kind, Duration from, Duration betweenCalls) throws Exception {
		return new Outage(from).run(kind, betweenCalls);
	}

	private Result run(HolderKind kind, Duration betweenCalls) throws Exception {
		// From now on, since Spring Security stamps its responses with the time of this
		// machine.
		Clock clock = Clock.offset(this.time, Duration.between(this.time.instant(), Instant.now()));
		StubEndpoint endpoint = new StubEndpoint(Duration.ZERO, clock, (number) -> LIFETIME, this::isOn);
		int before = 0;
		try (Holder holder = kind.create(endpoint, new Timing(clock, this.time::nanoTime, this.time))) {
			Duration end = this.from.plus(DURATION).plus(LIFETIME.dividedBy(4));
			for (Duration at = Duration.ZERO; at.compareTo(end) < 0; at = at.plus(betweenCalls)) {
				this.time.runUntil(at);
				if (!isOn() && this.time.nanoTime() < this.from.toNanos()) {
					before = endpoint.requests();
				}
				call(kind, holder);
			}
			this.time.runUntil(end.plusMinutes(1));
		}
		return new Result(this.calls, this.failed, endpoint.requests() - before);
	}

	private boolean isOn() {
		long now = this.time.nanoTime() - this.from.toNanos();
		return now >= 0 && now < DURATION.toNanos();
	}

	private void call(HolderKind kind, Holder holder) {
		this.calls++;
		// Only this library has its background work done by this thread, so that a caller
		// must not wait for it here.
		Mono<?> token = (kind == HolderKind.SERVICE_USER) ? holder.tokenLater() : Mono.fromCallable(holder::token);
		token.subscribe((value) -> {
		}, (ex) -> this.failed++);
	}

	/**
	 * What callers and endpoint saw.
	 *
	 * @param calls the calls made
	 * @param failed those that had no token
	 * @param requests the token requests from the beginning of the outage on
	 */
	record Result(int calls, int failed, int requests) {

	}

}
