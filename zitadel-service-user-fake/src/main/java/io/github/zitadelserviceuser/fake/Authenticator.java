// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

/**
 * Finds out whose token a request is for: by an assertion (RFC 7523 section 2.1), rows 2
 * to 10, or by a client secret (RFC 6749 section 4.4).
 */
final class Authenticator {

	private final Instance instance;

	Authenticator(Instance instance) {
		this.instance = instance;
	}

	Authentication byAssertion(TokenForm form, String issuer) {
		if (form.assertion().isEmpty()) {
			return Authentication.refused(TokenOutcome.ASSERTION_MISSING);
		}
		Assertion assertion = Assertion.parse(form.assertion());
		if (assertion == null) {
			return Authentication.refused(TokenOutcome.ASSERTION_MALFORMED);
		}
		if (assertion.isFatal()) {
			return Authentication.refused(TokenOutcome.AUDIENCE_NOT_TEXT);
		}
		TokenOutcome refusal = AssertionCheck.firstRefusal(assertion, new AssertionCheck.Context(issuer,
				this.instance.clock().instant(), this.instance.users()::verificationKey));
		return (refusal != null) ? Authentication.refused(refusal) : Authentication.of(assertion.issuer());
	}

	Authentication bySecret(ClientCredentials client) {
		if (client.malformed()) {
			return Authentication.refused(TokenOutcome.CLIENT_MALFORMED);
		}
		if (client.id().isEmpty()) {
			return Authentication.refused(TokenOutcome.CLIENT_MISSING);
		}
		FakeServiceUser user = this.instance.users().findByName(client.id());
		if (user == null) {
			return Authentication.refused(TokenOutcome.CLIENT_NOT_FOUND);
		}
		TokenOutcome refusal = user.secretRefusal(client.secret());
		return (refusal != null) ? Authentication.refused(refusal) : Authentication.of(user.id());
	}

}
