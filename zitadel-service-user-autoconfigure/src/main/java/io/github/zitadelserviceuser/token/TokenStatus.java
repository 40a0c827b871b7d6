// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link RefreshingTokenSource} holds and does at one moment, for those who watch
 * it: health, metrics, a page. All times are of the local clock. It holds no secret.
 *
 * @param held the token at hand, usable or not
 * @param requesting whether a token request is under way
 * @param failure the last failure of the requests that ended, if no token has been
 * obtained since. A request that is repeated for those who wait has not ended: in the
 * first seconds of an outage there is none
 * @since 0.1.0
 */
public record TokenStatus(@Nullable Held held, boolean requesting, @Nullable Failure failure) {

	/**
	 * Return whether a call gets a token at once.
	 * @return whether the token at hand can be used
	 */
	public boolean isUsable() {
		return this.held != null && this.held.usable();
	}

	/**
	 * The life of the token at hand.
	 *
	 * @param issuedAt when it was requested
	 * @param refreshAt when it becomes due to be refreshed, unless it was rejected before
	 * @param usableUntil from when on it is not used any more
	 * @param expiresAt when its lifetime, as the server gave it, ends
	 * @param rejected whether a resource server answered 401 to it
	 * @param fresh whether it is used as it is, with no refresh due
	 * @param usable whether it is used
	 */
	public record Held(Instant issuedAt, Instant refreshAt, Instant usableUntil, Instant expiresAt, boolean rejected,
			boolean fresh, boolean usable) {

		/**
		 * Return all of this in one word.
		 * @return the state of the token
		 */
		public State state() {
			if (!this.usable) {
				return State.SPENT;
			}
			if (this.rejected) {
				return State.REJECTED;
			}
			return this.fresh ? State.FRESH : State.STALE;
		}

	}

	/**
	 * What can be said of a token at hand.
	 */
	public enum State {

		/**
		 * It is used, and no refresh is due.
		 */
		FRESH,

		/**
		 * It is used, and a refresh is due.
		 */
		STALE,

		/**
		 * A resource server answered 401 to it. It is used until it is replaced.
		 */
		REJECTED,

		/**
		 * It is not used any more.
		 */
		SPENT

	}

	/**
	 * A failure that no success has followed.
	 *
	 * @param cause the last failure
	 * @param count how many requests have failed without a success between them
	 * @param at when the last one failed
	 * @param nextAttempt from when on a caller causes another request, which may be past
	 */
	public record Failure(TokenRequestException cause, int count, Instant at, Instant nextAttempt) {

	}

}
