// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The checks of an assertion in the order in which ZITADEL makes them, rows 4 to 10 of
 * those that the package lists. Row 3 is {@link Assertion#parse}; rows 1, 2, 11 and 12 do
 * not concern the assertion and are in {@link TokenHandler}.
 */
enum AssertionCheck {

	AUDIENCE(TokenOutcome.WRONG_AUDIENCE) {
		@Override
		boolean passes(Assertion assertion, Context context) {
			return assertion.audience().contains(context.issuer());
		}
	},

	EXPIRY(TokenOutcome.EXPIRED) {
		@Override
		boolean passes(Assertion assertion, Context context) {
			Instant expiry = assertion.expiresAt();
			return (expiry != null) && context.now().plus(TOLERANCE).isBefore(expiry);
		}
	},

	ISSUE_TIME(TokenOutcome.WRONG_ISSUE_TIME) {
		@Override
		boolean passes(Assertion assertion, Context context) {
			Instant issued = assertion.issuedAt();
			return (issued != null) && !issued.isAfter(rounded(context.now().plus(TOLERANCE)))
					&& !issued.isBefore(rounded(context.now().minus(MAXIMUM_AGE)));
		}
	},

	ISSUER_IS_SUBJECT(TokenOutcome.ISSUER_IS_NOT_SUBJECT) {
		@Override
		boolean passes(Assertion assertion, Context context) {
			return assertion.issuer().equals(assertion.subject());
		}
	},

	ALGORITHM(TokenOutcome.ALGORITHM_NOT_ALLOWED) {
		@Override
		boolean passes(Assertion assertion, Context context) {
			return ALLOWED_ALGORITHMS.contains(assertion.algorithm());
		}
	},

	KEY(TokenOutcome.KEY_NOT_FOUND) {
		@Override
		boolean passes(Assertion assertion, Context context) {
			return context.key(assertion) != null;
		}
	},

	SIGNATURE(TokenOutcome.WRONG_SIGNATURE) {
		@Override
		boolean passes(Assertion assertion, Context context) {
			VerificationKey key = context.key(assertion);
			return (key != null) && assertion.isSignedWith(key.publicKey());
		}
	};

	private static final Duration TOLERANCE = Duration.ofSeconds(1);

	private static final Duration MAXIMUM_AGE = Duration.ofHours(1);

	private static final Set<String> ALLOWED_ALGORITHMS = Set.of("RS256", "ES256", "PS256");

	private final TokenOutcome outcome;

	AssertionCheck(TokenOutcome outcome) {
		this.outcome = outcome;
	}

	TokenOutcome outcome() {
		return this.outcome;
	}

	abstract boolean passes(Assertion assertion, Context context);

	/**
	 * Makes the checks in order.
	 * @param assertion the assertion
	 * @param context what it is checked against
	 * @return the refusal of the first check that fails, or {@code null} if all pass
	 */
	static @Nullable TokenOutcome firstRefusal(Assertion assertion, Context context) {
		for (AssertionCheck check : values()) {
			if (!check.passes(assertion, context)) {
				return check.outcome;
			}
		}
		return null;
	}

	private static Instant rounded(Instant time) {
		return time.plusMillis(500).truncatedTo(ChronoUnit.SECONDS);
	}

	/**
	 * What an assertion is checked against.
	 *
	 * @param issuer the issuer of this request
	 * @param now the server's time
	 * @param keys the keys of those who may be its issuer
	 */
	record Context(String issuer, Instant now, Keys keys) {

		@Nullable VerificationKey key(Assertion assertion) {
			return this.keys.find(assertion.issuer(), assertion.keyId(), this.now);
		}

	}

	/**
	 * Finds the key with an id, of an issuer of assertions and of no other.
	 */
	interface Keys {

		@Nullable VerificationKey find(String issuer, String keyId, Instant now);

	}

}
