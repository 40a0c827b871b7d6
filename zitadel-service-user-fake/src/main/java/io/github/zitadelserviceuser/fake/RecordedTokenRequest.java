// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A token request that a {@link FakeZitadel} has answered. The assertion itself is not
 * kept, only what it says. A client secret is kept where it came in a header, and
 * {@link #toString()} leaves headers out.
 *
 * @param answeredAt when it was answered, by the clock of the fake
 * @param outcome what became of it
 * @param grantType the {@code grant_type}, empty if there is none
 * @param clientId the client id of a header or form, {@code null} if there is none; with
 * client credentials the user name
 * @param method the HTTP method
 * @param headers the HTTP headers, their names in lower case
 * @param bodyParameters the names of the parameters in the body
 * @param queryParameters the names of the parameters in the query, where none should be
 * @param issuer the issuer for this request, {@code null} if its host is unknown
 * @param assertionHeader the JOSE header of the assertion, empty if there is none
 * @param claims the claims of the assertion, empty if there is none
 * @param requestedScopes the scopes asked for, in order
 * @param grantedScopes the scopes granted, empty unless a token was issued
 * @since 0.1.0
 */
public record RecordedTokenRequest(Instant answeredAt, TokenOutcome outcome, String grantType,
		@Nullable String clientId, String method, Map<String, List<String>> headers, Set<String> bodyParameters,
		Set<String> queryParameters, @Nullable String issuer, Map<String, Object> assertionHeader,
		Map<String, Object> claims, List<String> requestedScopes, Set<String> grantedScopes) {

	@Override
	public String toString() {
		return "RecordedTokenRequest[answeredAt=" + this.answeredAt + ", outcome=" + this.outcome + ", grantType="
				+ this.grantType + ", issuer=" + this.issuer + ", requestedScopes=" + this.requestedScopes + "]";
	}

}
