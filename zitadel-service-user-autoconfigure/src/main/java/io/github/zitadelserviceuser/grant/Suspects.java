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

package io.github.zitadelserviceuser.grant;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What ZITADEL checks of an assertion and does not tell, with what was sent of each.
 */
final class Suspects {

	/**
	 * A {@code Date} has whole seconds and is older than its answer, by as long as that
	 * was on its way.
	 */
	private static final Duration RIGHT_CLOCK = Duration.ofSeconds(50);

	private Suspects() {
	}

	/**
	 * Name what can be wrong.
	 * @param signedAs what was sent
	 * @param answeredAt the time by the clock of the server, if it told
	 * @return the suspects
	 */
	static String of(SignedAs signedAs, @Nullable Instant answeredAt) {
		return "What can be wrong: the key " + signedAs.keyId() + " was deleted or has expired (" + expiration(signedAs)
				+ "; see Keys on the page of the service user in ZITADEL's console); the user " + signedAs.userId()
				+ " was removed, or is of another instance than '" + signedAs.audience()
				+ "', to which the assertion was addressed; the clock here (" + signedAs.at() + ") "
				+ clock(signedAs.at(), answeredAt) + ". A key that was made a moment ago may need some seconds";
	}

	private static String expiration(SignedAs signedAs) {
		Instant expiration = signedAs.keyExpiration();
		if (expiration == null) {
			return "its file gives no expiration date";
		}
		return "its file says " + expiration
				+ (expiration.isAfter(signedAs.at()) ? "" : ", which is past: create a new key");
	}

	private static String clock(Instant at, @Nullable Instant answeredAt) {
		if (answeredAt == null) {
			return "is off by more than a minute";
		}
		Duration ahead = Duration.between(answeredAt, at);
		if (ahead.abs().compareTo(RIGHT_CLOCK) < 0) {
			return "is off by more than a minute, which the server's 'Date' " + answeredAt + " does not suggest";
		}
		return "is off: it is " + ahead.abs().toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of")
				+ " the server's 'Date' " + answeredAt + ", and less than a minute is forgiven";
	}

}
