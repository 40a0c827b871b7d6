// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Clock;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.zitadelserviceuser.net.Origin;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Says what an answer means that is not the one that was wanted: what ZITADEL meant by
 * it, and what to look at.
 */
final class AnswerFailures {

	private static final Pattern EXTERNAL_DOMAIN = Pattern.compile("\\(ExternalDomain is ([a-z0-9.-]{1,100})\\)");

	private final AuthorizationServer server;

	private final Clock clock;

	AnswerFailures(AuthorizationServer server, Clock clock) {
		this.server = server;
		this.clock = clock;
	}

	/**
	 * A token request was answered with anything but a token.
	 * @param answer the answer
	 * @param diagnosis tells what a refusal most likely means
	 * @return the failure
	 */
	TokenRequestException of(ServerAnswer answer, Diagnosis diagnosis) {
		AnswerKind kind = AnswerKind.of(answer);
		if (kind.isUnexplained()) {
			return unexplained(answer, kind, diagnosis);
		}
		String meaning = (kind == AnswerKind.USER_NOT_ACTIVE) ? "The " + diagnosis.who()
				+ " is deactivated or locked. Reactivate or unlock it in ZITADEL's console: Users, Service "
				+ "Users, the user, Actions" : diagnosis.meaning(kind);
		return failure(kind.reason(), answer,
				(meaning != null) ? asked(answer) + ". " + meaning : meaning(kind, answer));
	}

	/**
	 * A request without a credential was answered with anything but what was asked for.
	 * @param answer the answer
	 * @return the failure
	 */
	TokenRequestException of(ServerAnswer answer) {
		AnswerKind kind = AnswerKind.of(answer);
		return failure(kind.reason(), answer, meaning(kind, answer));
	}

	TokenRequestException noJson(ServerAnswer answer) {
		return invalid(answer, "it is no JSON object but " + answer.contentType()
				+ ", as a login page or a proxy between here and ZITADEL would send. " + checkAddress());
	}

	TokenRequestException invalid(ServerAnswer answer, String what) {
		return failure(Reason.INVALID_RESPONSE, answer, "The answer cannot be used: " + what);
	}

	/**
	 * ZITADEL gives one and the same answer whatever is wrong, so that the causes can
	 * only be listed.
	 * @param answer the answer
	 * @param kind what it is
	 * @param diagnosis tells the causes
	 * @return the failure
	 */
	private TokenRequestException unexplained(ServerAnswer answer, AnswerKind kind, Diagnosis diagnosis) {
		Instant now = this.clock.instant();
		ClockComparison comparison = new ClockComparison(now, answer.answeredAt());
		return new TokenRequestException(diagnosis.reason(kind.reason(), comparison),
				"ZITADEL gave no token and does not say why, most likely because " + diagnosis.mostLikely(comparison)
						+ "\n" + answer.uri() + " answered with status " + answer.status() + ": " + asked(answer) + "."
						+ ("server_error".equals(answer.error())
								? " Some versions of ZITADEL answer any bad credential in this way, and all of them a "
										+ "failure of their own, of which ZITADEL's log tells more."
								: "")
						+ "\n" + diagnosis.sent(comparison),
				SafeText.of(answer.error()), answer.retryAfter(now), null);
	}

	private String meaning(AnswerKind kind, ServerAnswer answer) {
		return switch (kind) {
			case HOST_NOT_TRUSTED -> "The instance does not trust the public host that the request arrived with, in a "
					+ "header such as 'x-zitadel-public-host' that a proxy on the way sets. Correct it there, or add "
					+ "the host to the trusted domains of the instance";
			case INSTANCE_NOT_FOUND -> instanceNotFound(answer);
			case DATABASE_DOWN -> "ZITADEL is up but cannot read its instances, most likely because its database is "
					+ "down or cannot be reached from there. Look at that database, and at ZITADEL's log";
			case INSTANCE_BLOCKED -> "ZITADEL blocks the instance: its quota is exhausted or its subscription has "
					+ "ended. Look at the instance's usage and billing in ZITADEL's customer portal";
			case NOT_NOW, FAILURE -> "It cannot answer now: " + shown(answer);
			case REDIRECT -> "It redirects to " + target(answer)
					+ ", which is not followed: a credential goes to the issuer alone. " + checkAddress();
			case SCOPE_MISSING -> asked(answer) + ". No scope arrived. Set " + this.server.property("scopes")
					+ ", or look for a proxy that changes the request's body";
			case FORM_DAMAGED -> asked(answer) + ". The request's body did not arrive whole. Look for a proxy or "
					+ "gateway between here and " + answer.uri() + " that changes it";
			case GRANT_UNKNOWN ->
				asked(answer) + ". The server does not know this way to authenticate. Is it a ZITADEL " + "instance? "
						+ checkAddress();
			case CREDENTIALS_MISSING ->
				asked(answer) + ". No credentials arrived. Look for a proxy or gateway between here " + "and "
						+ answer.uri() + " that removes the 'Authorization' header";
			case USER_NOT_ACTIVE, SECRET_NOT_SET, SECRET_WRONG, CLIENT_NOT_FOUND, FAILED_OR_REFUSED, REFUSED,
					OTHER_FAILURE, OTHER_ERROR ->
				asked(answer) + ". ZITADEL's log may tell more. " + checkAddress();
			case NO_SUCH_PAGE -> "There is a web page that says so, which is none of ZITADEL's: a proxy, or another "
					+ "server. " + checkAddress();
			case NOTHING_THERE -> "There is nothing at that address. " + checkAddress();
			case FOREIGN -> "That is no answer of ZITADEL's: " + shown(answer) + ". " + checkAddress();
		};
	}

	private static String asked(ServerAnswer answer) {
		String description = answer.errorDescription();
		String asked = SafeText.of(description.isEmpty() ? answer.error() : answer.error() + " / " + description);
		return asked.endsWith(".") ? asked.substring(0, asked.length() - 1) : asked;
	}

	private String instanceNotFound(ServerAnswer answer) {
		Matcher externalDomain = EXTERNAL_DOMAIN.matcher(answer.body());
		return "ZITADEL knows no instance by the host " + (this.server.isInternal()
				? this.server.instanceHost() + " (sent as " + AuthorizationServer.INSTANCE_HOST_HEADER + "). Set "
						+ this.server.property("issuer-uri") + " to the external domain of the instance"
				: Origin.of(this.server.baseUrl()).authority() + ". Set " + this.server.property("issuer-uri")
						+ " to the external domain of the instance and, if it is reached by another name from here, "
						+ this.server.property("base-url") + " to that address")
				+ (externalDomain.find() ? ". Its own configuration has 'ExternalDomain' " + externalDomain.group(1)
						: "");
	}

	private static String target(ServerAnswer answer) {
		String location = answer.headers().getFirst(HttpHeaders.LOCATION);
		try {
			// The path may carry a secret that the server echoes.
			return (location != null) ? Origin.of(answer.uri().resolve(location)).toString() : "nowhere";
		}
		catch (IllegalArgumentException ex) {
			return "an invalid address";
		}
	}

	private String checkAddress() {
		String path = this.server.issuer().getRawPath();
		return "Check "
				+ (this.server.isInternal() ? this.server.property("base-url") + " (" + this.server.baseUrl() + ")"
						: this.server.property("issuer-uri") + " (" + this.server.issuer() + ")")
				+ (path.isEmpty() ? ""
						: ". The issuer of a ZITADEL instance has no path: try it without '" + path + "'");
	}

	private TokenRequestException failure(Reason reason, ServerAnswer answer, String meaning) {
		return new TokenRequestException(reason,
				answer.uri() + " answered with status " + answer.status() + ": " + meaning, error(answer),
				answer.retryAfter(this.clock.instant()), null);
	}

	private static @Nullable String error(ServerAnswer answer) {
		String error = answer.error();
		return (error != null) ? SafeText.of(error) : null;
	}

	private static String shown(ServerAnswer answer) {
		if (answer.body().isBlank()) {
			return "the body is empty";
		}
		// A token may be too short to be recognised as one.
		return answer.body().contains("access_token") ? answer.contentType() + " with a token, not shown"
				: answer.contentType() + " '" + SafeText.of(answer.body()) + "'";
	}

}
