// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

/**
 * What became of a token request. The numbered refusals are in the order in which ZITADEL
 * checks, and so are those of client credentials, which take the place of rows 2 to 10:
 * of several mistakes in one request the first is the one recorded. For tests only: a
 * real server does not tell, and the fake does not send it.
 *
 * @since 0.1.0
 */
public enum TokenOutcome {

	/** A token was issued. */
	ISSUED(0),

	/** The test asked for an answer of its own, and no check was made. */
	SCRIPTED(0),

	/** The {@code Host}, or {@code x-zitadel-instance-host}, names no instance. */
	UNKNOWN_HOST(0),

	/** The server had no database: {@link FakeZitadel#databaseDown(boolean)}. */
	DATABASE_DOWN(0),

	/** The instance was blocked: {@link FakeZitadel#instanceBlocked(boolean)}. */
	INSTANCE_BLOCKED(0),

	/** The form cannot be decoded or is too large. */
	MALFORMED_FORM(0),

	/** Client credentials: the header {@code Authorization} cannot be decoded. */
	CLIENT_MALFORMED(0),

	/** Client credentials: no client id, neither in the header nor in the body. */
	CLIENT_MISSING(0),

	/** Client credentials: no user has this user name. */
	CLIENT_NOT_FOUND(0),

	/** Client credentials: the user has no secret, or it was deleted. */
	SECRET_NOT_SET(0),

	/** Client credentials: the user has another secret. */
	WRONG_SECRET(0),

	/** Row 1: {@code grant_type} is absent or empty, or the body is not a form. */
	GRANT_TYPE_MISSING(1),

	/**
	 * Row 1: {@code grant_type} is neither the JWT bearer grant nor client credentials.
	 */
	GRANT_TYPE_UNSUPPORTED(1),

	/** Row 2: {@code assertion} is absent or empty. */
	ASSERTION_MISSING(2),

	/** Row 3: not three parts, or the payload is not unpadded base64url of JSON. */
	ASSERTION_MALFORMED(3),

	/**
	 * Row 3: {@code aud} is a list with something else than text in it, on which the
	 * server cuts the connection.
	 */
	AUDIENCE_NOT_TEXT(3),

	/** Row 4: {@code aud} does not contain the issuer of this request. */
	WRONG_AUDIENCE(4),

	/** Row 5: {@code exp} is absent or not later than one second from now. */
	EXPIRED(5),

	/** Row 6: {@code iat} is absent, in the future, or more than an hour ago. */
	WRONG_ISSUE_TIME(6),

	/** Row 7: {@code iss} and {@code sub} differ. */
	ISSUER_IS_NOT_SUBJECT(7),

	/** Row 8: {@code alg} is none of RS256, ES256 and PS256. */
	ALGORITHM_NOT_ALLOWED(8),

	/**
	 * Row 9: no key with this {@code kid} of the user {@code iss}, or it has expired, or
	 * the user is not a service user.
	 */
	KEY_NOT_FOUND(9),

	/** Row 10: the signature is not made with that key, or that is not an RSA key. */
	WRONG_SIGNATURE(10),

	/** Row 11: the parameter {@code scope} is absent. */
	SCOPE_MISSING(11),

	/** Row 12: the user is locked or deactivated. */
	USER_NOT_ACTIVE(12);

	private final int row;

	TokenOutcome(int row) {
		this.row = row;
	}

	/**
	 * Return the number of the check that refused the request.
	 * @return 1 to 12, or 0 when none of the numbered checks refused it
	 */
	int row() {
		return this.row;
	}

}
