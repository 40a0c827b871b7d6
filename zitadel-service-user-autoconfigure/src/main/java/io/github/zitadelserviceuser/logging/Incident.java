// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.logging;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;

/**
 * A time in which attempts to obtain a token fail, from the first failure to the next
 * token.
 */
final class Incident {

	private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

	private final Instant since;

	private int failures;

	private boolean withoutToken;

	Incident(Instant since) {
		this.since = since;
	}

	/**
	 * Add a failure.
	 * @param reason why it failed
	 * @param usable whether a token is held meanwhile that can be used
	 * @return whether it is worth a warning: the first of its reason, or the first one
	 * with which calls fail. Two reasons that alternate are warned about twice, not each
	 * time
	 */
	boolean add(Reason reason, boolean usable) {
		this.failures++;
		boolean callsFailNow = !usable && !this.withoutToken;
		this.withoutToken |= !usable;
		return this.reasons.add(reason) || callsFailNow;
	}

	int failures() {
		return this.failures;
	}

	// Not less than nothing, where the clock was set back.
	Duration duration(Instant now) {
		return now.isBefore(this.since) ? Duration.ZERO : Duration.between(this.since, now);
	}

}
