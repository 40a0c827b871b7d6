// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.sample.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import io.github.zitadelserviceuser.token.TokenStatus;
import org.jspecify.annotations.Nullable;

/**
 * The life of the token as a time line from 0 to 100.
 *
 * @param state one word for what it is now
 * @param age its age in seconds
 * @param left the seconds for which it can still be used
 * @param now where it stands
 * @param refreshAt where its refresh is due
 * @param usableUntil from where it is not used any more
 * @param length its whole life in seconds
 * @param requesting whether another one is being requested
 * @param failure why the last request failed, {@code null} if it did not
 * @param nextAttempt the seconds until the next request may go out
 */
record TokenLife(String state, long age, long left, double now, double refreshAt, double usableUntil, long length,
		boolean requesting, @Nullable String failure, long nextAttempt) {

	static TokenLife of(TokenStatus status, Instant now) {
		TokenStatus.Held held = status.held();
		TokenStatus.Failure failure = status.failure();
		String cause = (failure != null) ? failure.cause().getMessage() : null;
		long nextAttempt = (failure != null) ? seconds(now, failure.nextAttempt()) : 0;
		if (held == null) {
			return new TokenLife("none", 0, 0, 0, 0, 0, 0, status.requesting(), cause, nextAttempt);
		}
		return new TokenLife(held.state().name().toLowerCase(Locale.ROOT), seconds(held.issuedAt(), now),
				seconds(now, held.usableUntil()), part(held, now), part(held, held.refreshAt()),
				part(held, held.usableUntil()), seconds(held.issuedAt(), held.expiresAt()), status.requesting(), cause,
				nextAttempt);
	}

	private static double part(TokenStatus.Held held, Instant moment) {
		double life = Duration.between(held.issuedAt(), held.expiresAt()).toMillis();
		double part = 100 * Duration.between(held.issuedAt(), moment).toMillis() / life;
		return Math.max(0, Math.min(100, part));
	}

	private static long seconds(Instant from, Instant to) {
		return Math.max(0, Duration.between(from, to).toSeconds());
	}

}
