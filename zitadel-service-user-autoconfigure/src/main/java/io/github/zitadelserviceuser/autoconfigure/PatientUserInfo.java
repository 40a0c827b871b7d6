// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;

import io.github.zitadelserviceuser.grant.UserInfo;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Asks userinfo again while it fails in a way that passes by itself, so that a blip does
 * not stop an application that starts. A failure that lasts is passed on at once.
 */
final class PatientUserInfo implements Function<AccessToken, UserInfo> {

	private static final Log logger = LogFactory.getLog(PatientUserInfo.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

	/**
	 * The age of a token that ZITADEL may not know yet wherever it is asked.
	 */
	private static final Duration NEW = Duration.ofSeconds(10);

	private final Function<AccessToken, UserInfo> endpoint;

	private final Duration timeout;

	private final boolean issued;

	private final Clock clock;

	private final LongSupplier nanoTime;

	private final Sleeper sleeper;

	/**
	 * Create a new instance.
	 * @param endpoint asks once
	 * @param timeout from when on it is not asked again
	 * @param issued whether tokens are as old as they say: a personal access token is
	 * dated by when it was read, and ZITADEL has known it before or never will
	 * @param clock the clock by which tokens are dated
	 * @param nanoTime the clock of the time-out
	 * @param sleeper passes the time between two requests
	 */
	PatientUserInfo(Function<AccessToken, UserInfo> endpoint, Duration timeout, boolean issued, Clock clock,
			LongSupplier nanoTime, Sleeper sleeper) {
		this.endpoint = endpoint;
		this.timeout = timeout;
		this.issued = issued;
		this.clock = clock;
		this.nanoTime = nanoTime;
		this.sleeper = sleeper;
	}

	@Override
	public UserInfo apply(AccessToken token) {
		long start = this.nanoTime.getAsLong();
		Duration pause = FIRST_PAUSE;
		while (true) {
			try {
				return this.endpoint.apply(token);
			}
			catch (TokenRequestException ex) {
				Duration left = this.timeout.minusNanos(this.nanoTime.getAsLong() - start);
				if (!isPassing(ex, token) || left.isNegative() || left.isZero()) {
					throw ex;
				}
				logger.debug("Userinfo is asked again", ex);
				pause(min(longer(pause, ex), left), ex);
				pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
			}
		}
	}

	private boolean isPassing(TokenRequestException failure, AccessToken token) {
		return switch (failure.getReason()) {
			case UNREACHABLE, UNAVAILABLE, SERVER_ERROR -> true;
			case REFUSED -> this.issued && Duration.between(token.issuedAt(), this.clock.instant()).compareTo(NEW) < 0;
			case KEY_NOT_KNOWN_YET, INVALID_RESPONSE, WRONG_SERVER, INVALID_KEY, TIMEOUT, CANCELLED, UNEXPECTED ->
				false;
		};
	}

	private void pause(Duration pause, TokenRequestException failure) {
		try {
			this.sleeper.sleep(pause);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw failure;
		}
	}

	private static Duration longer(Duration pause, TokenRequestException failure) {
		Duration retryAfter = failure.getRetryAfter();
		return (retryAfter != null && retryAfter.compareTo(pause) > 0) ? retryAfter : pause;
	}

	private static Duration min(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	/**
	 * Passes time.
	 */
	@FunctionalInterface
	interface Sleeper {

		/**
		 * Pass some time.
		 * @param time how long
		 * @throws InterruptedException if the thread is interrupted meanwhile
		 */
		void sleep(Duration time) throws InterruptedException;

	}

}
