/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
