// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.Objects;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * The numbers in the life of a token: when it is refreshed, until when it is used, how
 * long to pause after a failure. All lengths of time are exact to the millisecond at
 * least, and none is longer than 30 days.
 *
 * @param refreshAt the part of a token's lifetime after which it is refreshed, between 0
 * and 1; where that is less than a twentieth of the lifetime ahead of the end of use, the
 * refresh comes so much ahead of it
 * @param refreshJitter the greatest part of the lifetime by which the refresh comes
 * earlier at random, so that instances that started together spread out; at most half of
 * {@code refreshAt}
 * @param expiryMargin how long before its end a token is used no more, at most a tenth of
 * its lifetime
 * @param firstPause the greatest pause after the first failure; it doubles with each
 * further one
 * @param longestPause the greatest pause after any number of failures while a token is
 * held, and the most that is granted to a server's {@code Retry-After}
 * @param longestColdPause the greatest pause after any number of failures while no token
 * is held, when each second of it is a second of failing calls
 * @param tokenTimeout how long a caller waits at most, all attempts together. Where the
 * pause after one would outlast it, a server's {@code Retry-After} included, the last
 * attempt is made when a fifth of it is left: a server that asks for half a minute may be
 * back in two seconds, and one more request of a caller who would fail otherwise is all
 * that it costs. The pause after that is as long as the server asked
 * @param shortestHold how long ago a token must have been obtained to be replaced because
 * of a 401: another one would fare no better than a younger one, and a server that always
 * answers 401 would cause a token request for each call
 * @param keepWarm whether to refresh without traffic too
 * @since 0.1.0
 */
public record RefreshPolicy(double refreshAt, double refreshJitter, Duration expiryMargin, Duration firstPause,
		Duration longestPause, Duration longestColdPause, Duration tokenTimeout, Duration shortestHold,
		boolean keepWarm) {

	/**
	 * A lifetime that the server did not state (RFC 6749, section 5.1, merely recommends
	 * it), unless rejections have taught that it is shorter. Short, since the token may
	 * end any time; not zero, since that would mean a token request for each call.
	 */
	static final Duration UNKNOWN_LIFETIME = Duration.ofSeconds(60);

	/**
	 * The shortest lifetime that is worth holding. RFC 6749 knows whole seconds; a token
	 * with less would be spent by the next call, and each call would request another.
	 */
	private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(1);

	/**
	 * The longest lifetime that is believed.
	 */
	private static final Duration LONGEST_LIFETIME = Duration.ofDays(30);

	/**
	 * The longest of all lengths of time here: far beyond any use, and far from where
	 * nanoseconds overflow.
	 */
	private static final Duration LONGEST = Duration.ofDays(30);

	/**
	 * The part of the lifetime that a refresh has at least, between its start and the end
	 * of use. Without it, a late refresh point would make callers wait at each turn.
	 */
	private static final double SHORTEST_WINDOW = 0.05;

	private static final RefreshPolicy DEFAULTS = new RefreshPolicy(0.8, 0.05, Duration.ofSeconds(60),
			Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(10),
			Duration.ofSeconds(10), false);

	public RefreshPolicy {
		if (!(refreshAt > 0 && refreshAt < 1)) {
			throw new IllegalArgumentException("refreshAt must be between 0 and 1, exclusively, but is " + refreshAt);
		}
		if (!(refreshJitter >= 0 && refreshJitter <= refreshAt / 2)) {
			throw new IllegalArgumentException(
					"refreshJitter must be between 0 and half of refreshAt, but is " + refreshJitter);
		}
		requireInRange(expiryMargin, "expiryMargin");
		requirePositive(firstPause, "firstPause");
		requirePositive(longestPause, "longestPause");
		requirePositive(longestColdPause, "longestColdPause");
		requirePositive(tokenTimeout, "tokenTimeout");
		requireInRange(shortestHold, "shortestHold");
	}

	/**
	 * Return the policy that suits most applications. With a lifetime of 12 hours it
	 * leaves more than two hours in which the authorization server can be down and no
	 * call notices.
	 * @return the defaults
	 */
	public static RefreshPolicy defaults() {
		return DEFAULTS;
	}

	/**
	 * Return a copy with another refresh point.
	 * @param refreshAt the part of a token's lifetime after which it is refreshed
	 * @return a new policy
	 */
	public RefreshPolicy withRefreshAt(double refreshAt) {
		return new RefreshPolicy(refreshAt, Math.min(this.refreshJitter, refreshAt / 2), this.expiryMargin,
				this.firstPause, this.longestPause, this.longestColdPause, this.tokenTimeout, this.shortestHold,
				this.keepWarm);
	}

	/**
	 * Return a copy with another limit to the time that a caller waits.
	 * @param tokenTimeout how long a caller waits at most, all attempts together
	 * @return a new policy
	 */
	public RefreshPolicy withTokenTimeout(Duration tokenTimeout) {
		return new RefreshPolicy(this.refreshAt, this.refreshJitter, this.expiryMargin, this.firstPause,
				this.longestPause, this.longestColdPause, tokenTimeout, this.shortestHold, this.keepWarm);
	}

	/**
	 * Return a copy with another age from which a token is replaced because of a 401.
	 * @param shortestHold how long ago a token must have been obtained for that
	 * @return a new policy
	 */
	public RefreshPolicy withShortestHold(Duration shortestHold) {
		return new RefreshPolicy(this.refreshAt, this.refreshJitter, this.expiryMargin, this.firstPause,
				this.longestPause, this.longestColdPause, this.tokenTimeout, shortestHold, this.keepWarm);
	}

	/**
	 * Return a copy that refreshes without traffic too, or not.
	 * @param keepWarm whether to refresh without traffic too
	 * @return a new policy
	 */
	public RefreshPolicy withKeepWarm(boolean keepWarm) {
		return new RefreshPolicy(this.refreshAt, this.refreshJitter, this.expiryMargin, this.firstPause,
				this.longestPause, this.longestColdPause, this.tokenTimeout, this.shortestHold, keepWarm);
	}

	/**
	 * Return what an attempt is given at least: who has less of {@code tokenTimeout} left
	 * does not begin one.
	 */
	Duration attemptTime() {
		return this.tokenTimeout.dividedBy(5);
	}

	/**
	 * Return the lifetime to count with.
	 * @param expiresIn what the server said
	 * @return the lifetime, zero if the token had expired before it came
	 */
	Duration lifetime(Duration expiresIn) {
		if (expiresIn.isNegative()) {
			return Duration.ZERO;
		}
		return min(expiresIn, LONGEST_LIFETIME);
	}

	/**
	 * Return how long a token can be sent, counted from before it was requested.
	 */
	Duration usableFor(Duration lifetime) {
		if (lifetime.compareTo(SHORTEST_LIFETIME) < 0) {
			return Duration.ZERO;
		}
		Duration tenth = lifetime.dividedBy(10);
		return lifetime.minus((this.expiryMargin.compareTo(tenth) > 0) ? tenth : this.expiryMargin);
	}

	/**
	 * Return after how long a token is refreshed, which is ahead of the end of its use,
	 * wherever the refresh point may be.
	 */
	Duration refreshAfter(Duration lifetime, RandomGenerator random) {
		Duration latest = min(scale(lifetime, this.refreshAt),
				usableFor(lifetime).minus(scale(lifetime, SHORTEST_WINDOW)));
		return latest.minus(scale(lifetime, this.refreshJitter * random.nextDouble()));
	}

	/**
	 * Return how long to pause after a failure while a token is held.
	 * @param part the random part of the greatest pause that it takes
	 */
	Duration pause(int failures, @Nullable Duration retryAfter, double part) {
		return pause(failures, retryAfter, this.longestPause, part);
	}

	/**
	 * Return how long to pause after a failure while no token is held: with the same part
	 * never longer than while one is.
	 */
	Duration coldPause(int failures, @Nullable Duration retryAfter, double part) {
		return pause(failures, retryAfter, min(this.longestColdPause, this.longestPause), part);
	}

	/**
	 * Return how long to wait before the next attempt of a flight: the pause while no
	 * token is held, or so much less that there is time left for one.
	 * @param left how much of {@code tokenTimeout} is left
	 * @return the time, or {@code null} if it is too late for another attempt
	 */
	@Nullable Duration repetitionDelay(int failures, @Nullable Duration retryAfter, double part, Duration left) {
		Duration delay = coldPause(failures, retryAfter, part);
		if (delay.compareTo(left) < 0) {
			return delay;
		}
		Duration latest = left.minus(attemptTime());
		return (latest.isNegative() || latest.isZero()) ? null : latest;
	}

	/**
	 * What the server asks for wins. Otherwise it is "full jitter": any length up to a
	 * limit that doubles, so that a fleet does not come back as one.
	 */
	private Duration pause(int failures, @Nullable Duration retryAfter, Duration longest, double part) {
		if (retryAfter != null && !retryAfter.isNegative() && !retryAfter.isZero()) {
			return min(retryAfter, this.longestPause);
		}
		double limit = Math.min((double) this.firstPause.toNanos() * Math.pow(2, Math.max(0, failures - 1)),
				(double) longest.toNanos());
		return Duration.ofNanos((long) (limit * part));
	}

	private static Duration scale(Duration duration, double factor) {
		return Duration.ofNanos((long) (duration.toNanos() * factor));
	}

	private static Duration min(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	private static void requirePositive(Duration duration, String name) {
		requireInRange(duration, name);
		if (duration.isZero()) {
			throw new IllegalArgumentException(name + " must be positive");
		}
	}

	private static void requireInRange(Duration duration, String name) {
		Objects.requireNonNull(duration, name + " must not be null");
		if (duration.isNegative()) {
			throw new IllegalArgumentException(name + " must not be negative, but is " + duration);
		}
		if (duration.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					name + " must be at most " + LONGEST.toDays() + " days, but is " + duration);
		}
	}

}
