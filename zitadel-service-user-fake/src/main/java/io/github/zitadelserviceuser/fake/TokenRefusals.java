// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

/**
 * What the client is told for each refusal, in the dialect of the server.
 */
final class TokenRefusals {

	private static final String SCOPE_MISSING = "The scope of your request is missing. Please ensure some scopes are "
			+ "requested. If you have any questions, you may contact the administrator of the application.";

	private final Dialect dialect;

	TokenRefusals(Dialect dialect) {
		this.dialect = dialect;
	}

	FakeAnswer answer(TokenOutcome refusal, String grantType) {
		return switch (refusal) {
			case MALFORMED_FORM -> invalidRequest("error parsing form");
			case GRANT_TYPE_MISSING -> invalidRequest("grant_type missing");
			case GRANT_TYPE_UNSUPPORTED ->
				FakeAnswer.oauthError(400, "unsupported_grant_type", grantType + " not supported");
			case ASSERTION_MISSING -> invalidRequest("assertion missing");
			case ASSERTION_MALFORMED, WRONG_AUDIENCE, EXPIRED, WRONG_ISSUE_TIME, ISSUER_IS_NOT_SUBJECT,
					ALGORITHM_NOT_ALLOWED, KEY_NOT_FOUND, WRONG_SIGNATURE ->
				badAssertion();
			case AUDIENCE_NOT_TEXT -> FakeAnswer.disconnect();
			case CLIENT_MALFORMED -> invalidClient("invalid basic auth header");
			case CLIENT_MISSING -> invalidRequest("client_id or client_assertion must be provided");
			case CLIENT_NOT_FOUND -> invalidClient("client not found");
			case SECRET_NOT_SET -> invalidRequest("Errors.User.Machine.Secret.NotExisting");
			case WRONG_SECRET -> invalidRequest("Errors.User.Machine.Secret.Invalid");
			case SCOPE_MISSING -> invalidRequest(SCOPE_MISSING);
			case USER_NOT_ACTIVE -> invalidRequest("Errors.User.NotActive");
			case ISSUED, SCRIPTED, UNKNOWN_HOST, DATABASE_DOWN, INSTANCE_BLOCKED ->
				throw new IllegalArgumentException("Not a refusal of the token endpoint: " + refusal);
		};
	}

	private FakeAnswer badAssertion() {
		return switch (this.dialect) {
			case SERVER_ERROR -> FakeAnswer.internalError();
			case INVALID_GRANT -> FakeAnswer.oauthError(400, "invalid_grant", "invalid assertion");
		};
	}

	private static FakeAnswer invalidClient(String description) {
		return FakeAnswer.oauthError(400, "invalid_client", description);
	}

	private static FakeAnswer invalidRequest(String description) {
		return FakeAnswer.oauthError(400, "invalid_request", description);
	}

}
