// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A clock that can be put forward or back.
 */
final class ShiftedClock extends Clock {

	private final Clock base;

	private volatile Duration offset = Duration.ZERO;

	ShiftedClock(Clock base) {
		this.base = base;
	}

	void shift(Duration offset) {
		this.offset = offset;
	}

	@Override
	public Instant instant() {
		return this.base.instant().plus(this.offset);
	}

	@Override
	public ZoneId getZone() {
		return this.base.getZone();
	}

	@Override
	public Clock withZone(ZoneId zone) {
		ShiftedClock clock = new ShiftedClock(this.base.withZone(zone));
		clock.shift(this.offset);
		return clock;
	}

}
