// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.util.List;

import io.github.zitadelserviceuser.fake.FakeEndpoint;
import io.github.zitadelserviceuser.fake.RecordedCall;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions for the calls that an endpoint has got since the start or the last reset of
 * the fake. Tokens are compared but not shown.
 *
 * @since 0.1.0
 * @see FakeZitadelAssertions#assertThat(FakeEndpoint)
 */
public final class FakeEndpointAssert extends AbstractAssert<FakeEndpointAssert, FakeEndpoint> {

	FakeEndpointAssert(FakeEndpoint actual) {
		super(actual, FakeEndpointAssert.class);
	}

	/**
	 * Verifies how many calls have arrived, answered or not.
	 * @param expected the number
	 * @return this assertion
	 */
	public FakeEndpointAssert hasCalls(int expected) {
		isNotNull();
		int found = this.actual.requestCount();
		if (found != expected) {
			failWithMessage("Expected %s call(s) to %s but there were %s: %s", expected, this.actual, found, calls());
		}
		return this;
	}

	/**
	 * Verifies that no call has arrived.
	 * @return this assertion
	 */
	public FakeEndpointAssert hasNoCalls() {
		return hasCalls(0);
	}

	/**
	 * Verifies that there were calls and that each came with this token.
	 * @param accessToken the value of the token
	 * @return this assertion
	 */
	public FakeEndpointAssert allHaveToken(String accessToken) {
		requireCalls().forEach((call) -> new RecordedCallAssert(call).hasToken(accessToken));
		return this;
	}

	/**
	 * Verifies that there was a call, and goes on to the last one.
	 * @return an assertion on the last call
	 */
	public RecordedCallAssert lastCall() {
		List<RecordedCall> calls = requireCalls();
		return new RecordedCallAssert(calls.get(calls.size() - 1)).as("the last call to %s", this.actual);
	}

	private List<RecordedCall> requireCalls() {
		List<RecordedCall> calls = calls();
		if (calls.isEmpty()) {
			failWithMessage("Expected a call to %s but there was none", this.actual);
		}
		return calls;
	}

	private List<RecordedCall> calls() {
		isNotNull();
		return this.actual.calls();
	}

}
