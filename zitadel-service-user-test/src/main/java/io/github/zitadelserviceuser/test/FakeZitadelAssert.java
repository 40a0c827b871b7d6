// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.util.List;

import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.RecordedTokenRequest;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions for what a {@link FakeZitadel} has seen since its start or its last reset.
 *
 * @since 0.1.0
 * @see FakeZitadelAssertions#assertThat(FakeZitadel)
 */
public final class FakeZitadelAssert extends AbstractAssert<FakeZitadelAssert, FakeZitadel> {

	FakeZitadelAssert(FakeZitadel actual) {
		super(actual, FakeZitadelAssert.class);
	}

	/**
	 * Verifies how many token requests were answered, refusals included.
	 * @param expected the number
	 * @return this assertion
	 */
	public FakeZitadelAssert hasTokenRequests(int expected) {
		List<RecordedTokenRequest> requests = requests();
		if (requests.size() != expected) {
			failWithMessage("Expected %s token request(s) but there were %s: %s", expected, requests.size(), requests);
		}
		return this;
	}

	/**
	 * Verifies that no token was asked for.
	 * @return this assertion
	 */
	public FakeZitadelAssert hasNoTokenRequests() {
		return hasTokenRequests(0);
	}

	/**
	 * Verifies how many tokens were issued, whether they are still valid or not.
	 * @param expected the number
	 * @return this assertion
	 */
	public FakeZitadelAssert hasIssuedTokens(int expected) {
		isNotNull();
		int found = this.actual.issuedTokens().size();
		if (found != expected) {
			failWithMessage("Expected %s issued token(s) but there were %s, of token requests: %s", expected, found,
					requests());
		}
		return this;
	}

	/**
	 * Verifies that there was a token request, and goes on to the last one.
	 * @return an assertion on the last token request
	 */
	public TokenRequestAssert lastTokenRequest() {
		List<RecordedTokenRequest> requests = requests();
		if (requests.isEmpty()) {
			failWithMessage("Expected a token request but there was none");
		}
		return new TokenRequestAssert(requests.get(requests.size() - 1)).as("the last token request");
	}

	private List<RecordedTokenRequest> requests() {
		isNotNull();
		return this.actual.tokenRequests();
	}

}
