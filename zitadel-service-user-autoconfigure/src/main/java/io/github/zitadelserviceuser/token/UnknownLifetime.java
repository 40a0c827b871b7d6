// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * What is assumed of tokens whose lifetime the server does not state, and what their
 * rejections teach.
 * <p>
 * One that is rejected at an age at which it can have ended is taken to have ended by
 * then, and those after it to live no longer. One that is rejected earlier has not ended:
 * there is a server that rejects it for another reason. What was learnt is forgotten
 * then, and nothing is learnt for a while, so that a server that always answers 401 does
 * not cause a token request for each call.
 */
final class UnknownLifetime {

	/**
	 * The shortest lifetime there is, since RFC 6749 counts in seconds.
	 */
	private static final Duration SHORTEST = Duration.ofSeconds(1);

	private final AtomicBoolean noticed = new AtomicBoolean();

	private final Duration longest;

	private volatile Duration assumed;

	private volatile @Nullable Long doubtedAt;

	UnknownLifetime(Duration longest) {
		this.longest = longest;
		this.assumed = longest;
	}

	Duration assumed() {
		return this.assumed;
	}

	/**
	 * Return whether this is the first time that a token is obtained whose lifetime is
	 * not known.
	 * @param held the token
	 * @return whether it is worth saying so
	 */
	boolean isNews(HeldToken held) {
		return !held.isLifetimeKnown() && this.noticed.compareAndSet(false, true);
	}

	/**
	 * Learn from a rejection.
	 * @param held the token that was rejected for the first time
	 * @param age its age, in nanoseconds
	 * @param nanos the monotonic clock
	 * @return whether it has ended by all that is known
	 */
	boolean hasEnded(HeldToken held, long age, long nanos) {
		if (held.isLifetimeKnown()) {
			return false;
		}
		if (age < SHORTEST.toNanos()) {
			this.assumed = this.longest;
			this.doubtedAt = nanos;
			return false;
		}
		Long doubtedAt = this.doubtedAt;
		if (doubtedAt != null && nanos - doubtedAt < this.longest.toNanos()) {
			return false;
		}
		Duration lived = Duration.ofNanos(age);
		this.assumed = (lived.compareTo(this.assumed) < 0) ? lived : this.assumed;
		return true;
	}

}
