// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.github.zitadelserviceuser.fake.RecordedTokenRequest;
import io.github.zitadelserviceuser.fake.TokenOutcome;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions for one token request.
 *
 * @since 0.1.0
 * @see FakeZitadelAssert#lastTokenRequest()
 */
public final class TokenRequestAssert extends AbstractAssert<TokenRequestAssert, RecordedTokenRequest> {

	TokenRequestAssert(RecordedTokenRequest actual) {
		super(actual, TokenRequestAssert.class);
	}

	/**
	 * Verifies that a token was issued.
	 * @return this assertion
	 */
	public TokenRequestAssert isIssued() {
		return hasOutcome(TokenOutcome.ISSUED);
	}

	/**
	 * Verifies what became of the request.
	 * @param expected the outcome, which tells a refusal by its cause
	 * @return this assertion
	 */
	public TokenRequestAssert hasOutcome(TokenOutcome expected) {
		isNotNull();
		if (this.actual.outcome() != expected) {
			failWithMessage("Expected a token request with outcome %s but it has %s: %s", expected,
					this.actual.outcome(), this.actual);
		}
		return this;
	}

	/**
	 * Verifies a claim of the assertion.
	 * @param name the name of the claim, such as {@code iss}
	 * @param expected its value, as in JSON
	 * @return this assertion
	 */
	public TokenRequestAssert hasClaim(String name, Object expected) {
		isNotNull();
		Object found = this.actual.claims().get(name);
		if (!Objects.equals(found, expected)) {
			failWithMessage("Expected an assertion with the claim '%s' of value %s but it has %s", name, expected,
					found);
		}
		return this;
	}

	/**
	 * Verifies with which key the assertion was signed.
	 * @param expected the id of the key
	 * @return this assertion
	 */
	public TokenRequestAssert isSignedWithKey(String expected) {
		isNotNull();
		Object found = this.actual.assertionHeader().get("kid");
		if (!expected.equals(found)) {
			failWithMessage("Expected an assertion signed with the key %s but it was %s", expected, found);
		}
		return this;
	}

	/**
	 * Verifies that exactly these scopes were asked for, in any order.
	 * @param expected the scopes
	 * @return this assertion
	 */
	public TokenRequestAssert requestedScopes(String... expected) {
		isNotNull();
		return sameScopes("requested", new LinkedHashSet<>(this.actual.requestedScopes()), expected);
	}

	/**
	 * Verifies that exactly these scopes were granted, in any order. ZITADEL drops those
	 * that it does not know.
	 * @param expected the scopes
	 * @return this assertion
	 */
	public TokenRequestAssert grantedScopes(String... expected) {
		isNotNull();
		return sameScopes("granted", this.actual.grantedScopes(), expected);
	}

	private TokenRequestAssert sameScopes(String what, Set<String> found, String... expected) {
		if (!found.equals(new LinkedHashSet<>(List.of(expected)))) {
			failWithMessage("Expected %s scopes %s but they are %s", what, List.of(expected), found);
		}
		return this;
	}

}
