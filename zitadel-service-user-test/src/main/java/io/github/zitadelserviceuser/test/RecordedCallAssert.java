// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

import io.github.zitadelserviceuser.fake.IssuedToken;
import io.github.zitadelserviceuser.fake.RecordedCall;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions for one call to an endpoint. Tokens and values of headers are compared but
 * not shown.
 *
 * @since 0.1.0
 * @see FakeEndpointAssert#lastCall()
 */
public final class RecordedCallAssert extends AbstractAssert<RecordedCallAssert, RecordedCall> {

	RecordedCallAssert(RecordedCall actual) {
		super(actual, RecordedCallAssert.class);
	}

	/**
	 * Verifies the request line.
	 * @param method the HTTP method
	 * @param path the path, without the query
	 * @return this assertion
	 */
	public RecordedCallAssert isRequest(String method, String path) {
		isNotNull();
		if (!this.actual.method().equals(method) || !this.actual.path().equals(path)) {
			failWithMessage("Expected a call %s %s but it was %s %s", method, path, this.actual.method(),
					this.actual.path());
		}
		return this;
	}

	/**
	 * Verifies with which token the call came.
	 * @param expected a token that the fake has issued
	 * @return this assertion
	 */
	public RecordedCallAssert hasToken(IssuedToken expected) {
		return hasToken(expected.value());
	}

	/**
	 * Verifies with which token the call came.
	 * @param expected the value of the token
	 * @return this assertion
	 */
	public RecordedCallAssert hasToken(String expected) {
		isNotNull();
		String found = this.actual.accessToken();
		if (!expected.equals(found)) {
			failWithMessage("Expected a call with the given token but %s came with %s", this.actual,
					(found != null) ? "another one" : "none");
		}
		return this;
	}

	/**
	 * Verifies that the call came without a token.
	 * @return this assertion
	 */
	public RecordedCallAssert hasNoToken() {
		isNotNull();
		if (this.actual.headers().containsKey("authorization")) {
			failWithMessage("Expected a call without a token but %s came with one", this.actual);
		}
		return this;
	}

	/**
	 * Verifies a header by its first value.
	 * @param name the name of the header, in any case
	 * @param expected its value
	 * @return this assertion
	 */
	public RecordedCallAssert hasHeader(String name, String expected) {
		isNotNull();
		List<String> values = this.actual.headers().get(name.toLowerCase(Locale.ROOT));
		if (values == null) {
			failWithMessage("Expected a call with a header '%s' but %s has only %s", name, this.actual,
					new TreeSet<>(this.actual.headers().keySet()));
		}
		else if (!values.get(0).equals(expected)) {
			failWithMessage("Expected a call with the given value of the header '%s' but %s has another one", name,
					this.actual);
		}
		return this;
	}

}
