// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The wall clock and the monotonic clock, which move together unless told otherwise. The
 * monotonic one overflows after half an hour, as it may anywhere.
 */
final class MutableTime extends Clock {

	static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private static final long ORIGIN = Long.MAX_VALUE - Duration.ofMinutes(30).toNanos();

	private volatile long elapsed;

	private volatile Duration wallOffset = Duration.ZERO;

	/**
	 * Move both clocks.
	 */
	void advance(Duration duration) {
		this.elapsed += duration.toNanos();
	}

	/**
	 * Move the wall clock alone: somebody set it, or the machine was suspended.
	 */
	void jumpWall(Duration duration) {
		this.wallOffset = this.wallOffset.plus(duration);
	}

	/**
	 * Move the monotonic clock alone.
	 */
	void advanceMonotonic(Duration duration) {
		advance(duration);
		jumpWall(duration.negated());
	}

	long elapsed() {
		return this.elapsed;
	}

	long nanoTime() {
		return ORIGIN + this.elapsed;
	}

	@Override
	public Instant instant() {
		return START.plusNanos(this.elapsed).plus(this.wallOffset);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
