/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
