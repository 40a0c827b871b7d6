// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What is behind a path.
 */
interface Resource {

	/**
	 * Answers a request in the way that ZITADEL does.
	 * @param call the request
	 * @param issuer the issuer of this request
	 * @return the answer
	 */
	FakeAnswer handle(HttpCall call, String issuer);

	/**
	 * Decides on a request and leaves its traces. A reset waits for this, but not for the
	 * answer, in which code of the test may have a part.
	 * @param call the request
	 * @param issuer the issuer of this request
	 * @return makes the answer
	 */
	default Supplier<FakeAnswer> decide(HttpCall call, String issuer) {
		return () -> handle(call, issuer);
	}

	/**
	 * Notes a request that was answered before it came here.
	 * @param call the request
	 * @param issuer the issuer of this request, {@code null} if its host is unknown
	 * @param outcome why it did not come here
	 */
	default void answeredElsewhere(HttpCall call, @Nullable String issuer, TokenOutcome outcome) {
	}

}
