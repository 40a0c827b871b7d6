// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.token.TokenRequestException.Reason;

/**
 * What an answer without a token is, told by what is observed of it. The rows are tried
 * from the top, and the first that matches counts. The columns are status, content type,
 * and what stands in the body; what follows from them is the reason, and with it whether
 * the failure passes by itself: {@code UNAVAILABLE} does, {@code SERVER_ERROR} may, and
 * all others last.
 * <p>
 * The comment of each row says which answer of a running ZITADEL it follows, by what had
 * been asked of it, or that it is not ZITADEL who answers so.
 */
enum AnswerKind {

	/** A public host that is not trusted: discovery with x-zitadel-public-host. */
	HOST_NOT_TRUSTED(Reason.WRONG_SERVER, status(404), any(), body("QUERY-IuGh1")),

	/** Discovery, token and userinfo by another host, as text; the APIs, as JSON. */
	INSTANCE_NOT_FOUND(Reason.WRONG_SERVER, status(404), any(), body("QUERY-1kIjX", "Instance not found")),

	/** Database down: QUERY-d3fas at every path, as text; the APIs, as JSON. */
	DATABASE_DOWN(Reason.UNAVAILABLE, status(404), any(), body("QUERY-d3fas", "unable to set instance")),

	/** Blocked instance: every path, as text; the APIs, as JSON. */
	INSTANCE_BLOCKED(Reason.UNAVAILABLE, status(429), any(), body("instance is blocked", "Instance.Blocked")),

	/** None of ZITADEL's: a gateway, or a limit to the rate of requests. */
	NOT_NOW(Reason.UNAVAILABLE, status(408, 425, 429, 502, 503, 504), any(), any()),

	/** Two slashes in the path; else a gateway or a login page. */
	REDIRECT(Reason.WRONG_SERVER, statuses(300, 399), any(), any()),

	/** User states, deactivated and locked: the token request. */
	USER_NOT_ACTIVE(Reason.REFUSED, any(), any(), description("Errors.User.NotActive")),

	/** Client credentials, no secret set, or deleted. */
	SECRET_NOT_SET(Reason.REFUSED, any(), any(), description("Errors.User.Machine.Secret.NotExisting")),

	/** Client credentials, wrong secret, or the old one after it was replaced. */
	SECRET_WRONG(Reason.REFUSED, any(), any(), description("Errors.User.Machine.Secret.Invalid")),

	/** Client credentials, unknown client, or the numeric id of a user. */
	CLIENT_NOT_FOUND(Reason.REFUSED, any(), any(), error("invalid_client")),

	/** Client credentials, no credentials. */
	CREDENTIALS_MISSING(Reason.REFUSED, any(), any(), description("client_id or client_assertion must be provided")),

	/** Request errors and scopes: no scope. */
	SCOPE_MISSING(Reason.REFUSED, any(), any(), description("scope of your request is missing")),

	/** Request errors and scopes: no assertion, no grant type, a form cut in pieces. */
	FORM_DAMAGED(Reason.REFUSED, any(), any(),
			description("assertion missing", "grant_type missing", "error parsing form")),

	/** Request errors and scopes: another grant type. */
	GRANT_UNKNOWN(Reason.REFUSED, any(), any(), error("unsupported_grant_type")),

	/** Bad assertion, keys deleted and expired, user removed: older versions. */
	FAILED_OR_REFUSED(Reason.SERVER_ERROR, statuses(500, 599), any(), error("server_error", "invalid_grant")),

	/** The same, by newer versions. */
	REFUSED(Reason.REFUSED, any(), any(), error("server_error", "invalid_grant")),

	/** None of ZITADEL's: a failure with an error of OAuth's. */
	OTHER_FAILURE(Reason.SERVER_ERROR, statuses(500, 599), any(), error()),

	/** Userinfo without a token, and what newer versions may add. */
	OTHER_ERROR(Reason.REFUSED, any(), any(), error()),

	/** None of ZITADEL's, which has no page that says that there is none. */
	NO_SUCH_PAGE(Reason.WRONG_SERVER, status(404), type("text/html"), any()),

	/** A path that ZITADEL does not have, as text; of the APIs, as JSON. */
	NOTHING_THERE(Reason.WRONG_SERVER, status(404), any(), any()),

	/** None of ZITADEL's, which fails at the paths that are asked for as above. */
	FAILURE(Reason.SERVER_ERROR, statuses(500, 599), any(), any()),

	/** None of ZITADEL's. */
	FOREIGN(Reason.INVALID_RESPONSE, any(), any(), any());

	private final Reason reason;

	@SuppressWarnings("ImmutableEnumChecker")
	private final Predicate<ServerAnswer> matches;

	AnswerKind(Reason reason, Predicate<ServerAnswer> status, Predicate<ServerAnswer> type,
			Predicate<ServerAnswer> body) {
		this.reason = reason;
		this.matches = status.and(type).and(body);
	}

	static AnswerKind of(ServerAnswer answer) {
		return Stream.of(values()).filter((kind) -> kind.matches.test(answer)).findFirst().orElse(FOREIGN);
	}

	Reason reason() {
		return this.reason;
	}

	/**
	 * Return whether this is how ZITADEL refuses a credential without saying what is
	 * wrong with it.
	 * @return whether a {@link Diagnosis} is needed
	 */
	boolean isUnexplained() {
		return this == FAILED_OR_REFUSED || this == REFUSED;
	}

	/**
	 * Return whether another secret may fare better.
	 * @return whether it is the credential that is refused
	 */
	boolean isOfCredential() {
		return this == SECRET_NOT_SET || this == SECRET_WRONG || this == CLIENT_NOT_FOUND || isUnexplained();
	}

	private static Predicate<ServerAnswer> any() {
		return statuses(0, Integer.MAX_VALUE);
	}

	private static Predicate<ServerAnswer> status(int... statuses) {
		return (answer) -> IntStream.of(statuses).anyMatch((status) -> status == answer.status());
	}

	private static Predicate<ServerAnswer> statuses(int first, int last) {
		return (answer) -> answer.status() >= first && answer.status() <= last;
	}

	private static Predicate<ServerAnswer> type(String type) {
		return (answer) -> answer.contentType().startsWith(type);
	}

	private static Predicate<ServerAnswer> body(String... marks) {
		return (answer) -> Stream.of(marks).anyMatch(answer.body()::contains);
	}

	private static Predicate<ServerAnswer> error(String... codes) {
		return (answer) -> answer.error() != null && (codes.length == 0 || List.of(codes).contains(answer.error()));
	}

	private static Predicate<ServerAnswer> description(String... marks) {
		return (answer) -> answer.error() != null && Stream.of(marks).anyMatch(answer.errorDescription()::contains);
	}

}
