// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import io.github.zitadelserviceuser.fake.FakeEndpoint;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.fake.RecordedCall;
import io.github.zitadelserviceuser.fake.RecordedTokenRequest;

/**
 * Entry to the AssertJ assertions for a {@link FakeZitadel}, to be imported statically
 * next to AssertJ's own.
 *
 * <pre class="code">
 * assertThat(zitadel).hasTokenRequests(1).lastTokenRequest().isIssued();
 * assertThat(zitadel.userInfo()).hasCalls(2).allHaveToken(token);
 * </pre>
 *
 * @since 0.1.0
 */
public final class FakeZitadelAssertions {

	private FakeZitadelAssertions() {
	}

	/**
	 * Begins an assertion on a fake.
	 * @param actual the fake
	 * @return the assertion
	 */
	public static FakeZitadelAssert assertThat(FakeZitadel actual) {
		return new FakeZitadelAssert(actual);
	}

	/**
	 * Begins an assertion on one of its endpoints.
	 * @param actual the endpoint
	 * @return the assertion
	 */
	public static FakeEndpointAssert assertThat(FakeEndpoint actual) {
		return new FakeEndpointAssert(actual);
	}

	/**
	 * Begins an assertion on a token request.
	 * @param actual the token request
	 * @return the assertion
	 */
	public static TokenRequestAssert assertThat(RecordedTokenRequest actual) {
		return new TokenRequestAssert(actual);
	}

	/**
	 * Begins an assertion on a call to an endpoint.
	 * @param actual the call
	 * @return the assertion
	 */
	public static RecordedCallAssert assertThat(RecordedCall actual) {
		return new RecordedCallAssert(actual);
	}

}
