// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.logging;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.zitadelserviceuser.key.ServiceUserKey;
import org.jspecify.annotations.Nullable;

/**
 * Says that a key expires, once for each threshold that it passes. It remembers the last
 * key only: another one starts anew.
 */
final class KeyExpiry {

	private static final List<Duration> THRESHOLDS = List.of(Duration.ofDays(30), Duration.ofDays(7),
			Duration.ofDays(1), Duration.ZERO);

	private static final String REMEDY = "Create a new key on the 'Keys' page of the service user in ZITADEL's console "
			+ "and put it in the place of this one: a file is read again without a restart";

	private @Nullable ServiceUserKey last;

	private int passed;

	/**
	 * Judge a key.
	 * @param key the key
	 * @param now the moment to judge by
	 * @return the warning, or {@code null} if there is nothing new to say
	 */
	@Nullable String warning(ServiceUserKey key, Instant now) {
		if (this.last == null || !key.equals(this.last)) {
			this.last = key;
			this.passed = 0;
		}
		Instant expirationDate = key.expirationDate();
		if (expirationDate == null) {
			return null;
		}
		Duration left = Duration.between(now, expirationDate);
		int passed = 0;
		while (passed < THRESHOLDS.size() && left.compareTo(THRESHOLDS.get(passed)) <= 0) {
			passed++;
		}
		if (passed <= this.passed) {
			return null;
		}
		this.passed = passed;
		return text(key, expirationDate, left);
	}

	private static String text(ServiceUserKey key, Instant expirationDate, Duration left) {
		String subject = "The " + KeyLog.name(key) + " ";
		if (left.isZero() || left.isNegative()) {
			return subject + "has expired at " + expirationDate + ". No new token can be obtained with it. " + REMEDY;
		}
		return subject + "expires at " + expirationDate + ", in " + count(left) + ". " + REMEDY;
	}

	private static String count(Duration left) {
		if (left.toDays() > 0) {
			return Text.count(left.toDays(), "day");
		}
		return (left.toHours() > 0) ? Text.count(left.toHours(), "hour") : "less than an hour";
	}

}
