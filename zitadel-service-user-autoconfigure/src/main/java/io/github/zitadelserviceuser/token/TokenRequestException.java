// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.io.Serial;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Says why there is no token. The message is an answer: what was found, what is needed,
 * what to change. It never holds a key, an assertion or a token.
 *
 * @since 0.1.0
 */
public final class TokenRequestException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Reason reason;

	private final @Nullable String error;

	private final @Nullable Duration retryAfter;

	/**
	 * Create a new exception.
	 * @param reason the kind of failure
	 * @param message what was found, what is needed, what to change
	 */
	public TokenRequestException(Reason reason, String message) {
		this(reason, message, null, null, null);
	}

	/**
	 * Create a new exception.
	 * @param reason the kind of failure
	 * @param message what was found, what is needed, what to change
	 * @param cause the cause, which holds no secret either
	 */
	public TokenRequestException(Reason reason, String message, @Nullable Throwable cause) {
		this(reason, message, null, null, cause);
	}

	/**
	 * Create a new exception.
	 * @param reason the kind of failure
	 * @param message what was found, what is needed, what to change
	 * @param error the error code that the server gave (RFC 6749, section 5.2)
	 * @param retryAfter how long the server asks to wait (RFC 9110, section 10.2.3)
	 * @param cause the cause, which holds no secret either
	 */
	public TokenRequestException(Reason reason, String message, @Nullable String error, @Nullable Duration retryAfter,
			@Nullable Throwable cause) {
		// Without suppressed exceptions: one failure is told to many callers, and what
		// each of them adds to it (Reactor does so in every block()) would pile up.
		super(message, cause, false, true);
		this.reason = reason;
		this.error = error;
		this.retryAfter = retryAfter;
	}

	/**
	 * Return an exception for one more caller who fails for the same reason. The callers
	 * of one flight share its failure: each throws an exception of its own, which shows
	 * the stack of that caller and can be added to.
	 * @return a new exception with this one as its cause
	 */
	public TokenRequestException forCaller() {
		return new TokenRequestException(this.reason, String.valueOf(getMessage()), this.error, this.retryAfter, this);
	}

	/**
	 * Return the kind of failure.
	 * @return the reason
	 */
	public Reason getReason() {
		return this.reason;
	}

	/**
	 * Return the error code that the server gave (RFC 6749, section 5.2).
	 * @return the code or {@code null} if there was none
	 */
	public @Nullable String getError() {
		return this.error;
	}

	/**
	 * Return how long the server asks to wait before the next request (RFC 9110, section
	 * 10.2.3).
	 * @return the time to wait or {@code null} if it did not ask
	 */
	public @Nullable Duration getRetryAfter() {
		return this.retryAfter;
	}

	/**
	 * The kinds of failure, few enough to serve as the value of a metric's tag.
	 */
	public enum Reason {

		/**
		 * No answer came: no connection, a connection that broke, or a time-out. Or one
		 * came, but the clock was set meanwhile, so that its age is not known.
		 */
		UNREACHABLE(Integer.MAX_VALUE),

		/**
		 * The server says that it cannot answer now: status 408, 425, 429, 502, 503 or
		 * 504, or what ZITADEL answers while its database is down.
		 */
		UNAVAILABLE(Integer.MAX_VALUE),

		/**
		 * The server failed: any other status from 500. Some servers also refuse an
		 * assertion in this way, which asking again does not change.
		 */
		SERVER_ERROR(1),

		/**
		 * The server refused the request (RFC 6749, section 5.2).
		 */
		REFUSED(0),

		/**
		 * The server refused the request, most likely since it does not know the key yet,
		 * which was made a moment ago. A minute later the same is a refusal.
		 */
		KEY_NOT_KNOWN_YET(Integer.MAX_VALUE),

		/**
		 * The answer is none that RFC 6749 knows.
		 */
		INVALID_RESPONSE(0),

		/**
		 * The server is another one than was configured, not to be trusted, or not to be
		 * reached in the way that is configured.
		 */
		WRONG_SERVER(0),

		/**
		 * The key, client secret or personal access token cannot be read or used.
		 */
		INVALID_KEY(0),

		/**
		 * The time that a caller may wait ran out before an answer was there, or so many
		 * earlier requests still hang that none was made.
		 */
		TIMEOUT(0),

		/**
		 * The waiting thread was interrupted, or the source of tokens was closed.
		 */
		CANCELLED(0),

		/**
		 * Something that should not happen; the cause tells.
		 */
		UNEXPECTED(0);

		private final int repetitions;

		Reason(int repetitions) {
			this.repetitions = repetitions;
		}

		/**
		 * Return how often an attempt that failed for this reason is worth repeating
		 * while a caller waits.
		 * @return the number of repetitions, from zero
		 */
		int repetitions() {
			return this.repetitions;
		}

	}

}
