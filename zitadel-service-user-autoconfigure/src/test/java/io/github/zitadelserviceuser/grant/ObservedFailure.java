// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.util.Arrays;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;

/**
 * What becomes of each answer without a token that a running ZITADEL gave, told by a part
 * of its body: what it is, and what whoever reads the failure of a grant is told.
 */
enum ObservedFailure {

	PUBLIC_HOST("QUERY-IuGh1", AnswerKind.HOST_NOT_TRUSTED, Reason.WRONG_SERVER,
			"The instance does not trust the public host"),

	HOST("QUERY-1kIjX", AnswerKind.INSTANCE_NOT_FOUND, Reason.WRONG_SERVER, "ZITADEL knows no instance by the host"),

	DATABASE("QUERY-d3fas", AnswerKind.DATABASE_DOWN, Reason.UNAVAILABLE,
			"ZITADEL is up but cannot read its instances, most likely because its database is down"),

	BLOCKED("instance is blocked", AnswerKind.INSTANCE_BLOCKED, Reason.UNAVAILABLE, "ZITADEL blocks the instance"),

	BLOCKED_AT_API("Instance.Blocked", AnswerKind.INSTANCE_BLOCKED, Reason.UNAVAILABLE, "ZITADEL blocks the instance"),

	PATH("404 page not found", AnswerKind.NOTHING_THERE, Reason.WRONG_SERVER,
			"There is nothing at that address. Check"),

	PATH_OF_API("\"Not Found\"", AnswerKind.NOTHING_THERE, Reason.WRONG_SERVER,
			"There is nothing at that address. Check"),

	MEMBERSHIP("membership not found", AnswerKind.NOTHING_THERE, Reason.WRONG_SERVER, "There is nothing"),

	USER("User could not be found", AnswerKind.NOTHING_THERE, Reason.WRONG_SERVER, "There is nothing"),

	BAD_ASSERTION("\"server_error\"", AnswerKind.FAILED_OR_REFUSED, Reason.SERVER_ERROR,
			"ZITADEL gave no token and does not say why, most likely because "),

	NOT_ACTIVE("Errors.User.NotActive", AnswerKind.USER_NOT_ACTIVE, Reason.REFUSED, "is deactivated or locked."),

	NO_SECRET("Secret.NotExisting", AnswerKind.SECRET_NOT_SET, Reason.REFUSED, "has no client secret. Generate one"),

	WRONG_SECRET("Secret.Invalid", AnswerKind.SECRET_WRONG, Reason.REFUSED, "is wrong or was replaced"),

	NO_CLIENT("client not found\"", AnswerKind.CLIENT_NOT_FOUND, Reason.REFUSED,
			"There is no service user with the user name 'importer'"),

	NOT_OF_THE_CLIENT("not issued for this client", AnswerKind.CLIENT_NOT_FOUND, Reason.REFUSED, "not issued"),

	NO_CREDENTIALS("client_id or client_assertion must be", AnswerKind.CREDENTIALS_MISSING, Reason.REFUSED,
			"No credentials arrived"),

	NO_SCOPE("scope of your request is missing", AnswerKind.SCOPE_MISSING, Reason.REFUSED, "No scope arrived"),

	NO_ASSERTION("assertion missing", AnswerKind.FORM_DAMAGED, Reason.REFUSED, "did not arrive whole"),

	NO_GRANT_TYPE("grant_type missing", AnswerKind.FORM_DAMAGED, Reason.REFUSED, "did not arrive whole"),

	NO_FORM("error parsing form", AnswerKind.FORM_DAMAGED, Reason.REFUSED, "did not arrive whole"),

	GRANT_TYPE("unsupported_grant_type", AnswerKind.GRANT_UNKNOWN, Reason.REFUSED,
			"does not know this way to authenticate"),

	NO_TOKEN("access token missing", AnswerKind.OTHER_ERROR, Reason.REFUSED,
			"does not accept it any more. Its service user"),

	INVALID_TOKEN("access token invalid", AnswerKind.OTHER_ERROR, Reason.REFUSED,
			"does not accept it any more. Its service user"),

	NO_USER("no active user", AnswerKind.OTHER_ERROR, Reason.REFUSED, "does not accept it any more. Its service user"),

	NOT_AN_APPLICATION("unauthorized_client", AnswerKind.OTHER_ERROR, Reason.REFUSED, "unauthorized_client"),

	API_REFUSED("\"code\":16", AnswerKind.FOREIGN, Reason.INVALID_RESPONSE, "That is no answer of ZITADEL's"),

	API_FORBIDDEN("\"code\":7", AnswerKind.FOREIGN, Reason.INVALID_RESPONSE, "That is no answer of ZITADEL's"),

	CONNECT_REFUSED("\"unauthenticated\"", AnswerKind.FOREIGN, Reason.INVALID_RESPONSE,
			"That is no answer of ZITADEL's"),

	API_FAILED("QUERY-Dun75", AnswerKind.FAILURE, Reason.SERVER_ERROR, "It cannot answer now"),

	REDIRECT("", AnswerKind.REDIRECT, Reason.WRONG_SERVER, "It redirects to http://localhost:");

	private final String mark;

	private final AnswerKind kind;

	private final Reason reason;

	private final String text;

	ObservedFailure(String mark, AnswerKind kind, Reason reason, String text) {
		this.mark = mark;
		this.kind = kind;
		this.reason = reason;
		this.text = text;
	}

	static ObservedFailure of(ObservedAnswer answer) {
		return Arrays.stream(values())
			.filter((failure) -> answer.body().contains(failure.mark))
			.filter((failure) -> !failure.mark.isEmpty() || answer.body().isEmpty())
			.findFirst()
			.orElseThrow(() -> new AssertionError("Not expected: " + answer + ": " + answer.body()));
	}

	AnswerKind kind() {
		return this.kind;
	}

	Reason reason() {
		return this.reason;
	}

	String text() {
		return this.text;
	}

}
