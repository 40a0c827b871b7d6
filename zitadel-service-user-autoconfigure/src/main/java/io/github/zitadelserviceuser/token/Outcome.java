// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A token, or why there is none.
 *
 * @param token the token
 * @param failure why there is none
 * @param timedOut whether the flight took too long, which says nothing of what those who
 * joined it late can still have
 */
record Outcome(@Nullable AccessToken token, @Nullable TokenRequestException failure,
		boolean timedOut) implements Answer {

	static Outcome of(AccessToken token) {
		return new Outcome(token, null, false);
	}

	static Outcome of(TokenRequestException failure) {
		return new Outcome(null, failure, false);
	}

	static Outcome timedOut(TokenRequestException failure) {
		return new Outcome(null, failure, true);
	}

	AccessToken orThrow() {
		if (this.token != null) {
			return this.token;
		}
		throw Objects.requireNonNull(this.failure).forCaller();
	}

}
