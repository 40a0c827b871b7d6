// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.client;

import io.github.zitadelserviceuser.token.AccessToken;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * The value of the {@code Authorization} header (RFC 6750, section 2.1), made once for
 * each token and not for each request: a token may have a thousand characters.
 */
final class BearerHeader {

	private volatile @Nullable Value last;

	/**
	 * Return whether there are credentials, of whichever kind.
	 * @param headers the headers of a request
	 * @return whether it has an {@code Authorization} header
	 */
	static boolean isIn(HttpHeaders headers) {
		// To look for a name costs something even where there is none.
		return !headers.isEmpty() && headers.containsHeader(HttpHeaders.AUTHORIZATION);
	}

	void set(HttpHeaders headers, AccessToken token) {
		headers.set(HttpHeaders.AUTHORIZATION, value(token));
	}

	@SuppressWarnings("ReferenceEquality") // an equal one costs no more than another copy
	private String value(AccessToken token) {
		Value made = this.last;
		if (made == null || made.token() != token) {
			made = new Value(token, "Bearer " + token.value());
			this.last = made;
		}
		return made.header();
	}

	private record Value(AccessToken token, String header) {

		@Override
		public String toString() {
			return this.token.toString();
		}

	}

}
