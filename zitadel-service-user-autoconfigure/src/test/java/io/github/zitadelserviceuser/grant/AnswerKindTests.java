// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URI;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each answer without a token that a running ZITADEL gave to discovery, token and
 * userinfo requests, by the heading under which it was recorded and letter by letter; and
 * what comes of others in between.
 */
class AnswerKindTests {

	private static final String TEXT = "text/plain; charset=utf-8";

	private static final String JSON = "application/json";

	private static final String HTML = "text/html";

	private static final String NO_INSTANCE = "unable to set instance using origin &{other.example  http} "
			+ "(ExternalDomain is localhost): ID=QUERY-1kIjX Message=Instance not found. Make sure you got the domain "
			+ "right. Check out https://zitadel.com/docs/apis/introduction#domains";

	private static final String NO_DATABASE = "unable to set instance using origin &{localhost:18080  http} "
			+ "(ExternalDomain is localhost): ID=QUERY-d3fas Message=An internal error occurred Parent=(";

	private static final String NO_CONNECTION = "failed to connect to 'user=zitadel database=zitadel': "
			+ "127.0.0.1:55432 (127.0.0.1): dial error: dial tcp 127.0.0.1:55432: connect: connection refused)";

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("answers")
	void ofWhenObservedThenIsThatKind(AnswerKind kind, String observed, int status, String contentType, String body) {
		assertThat(AnswerKind.of(answer(status, contentType, body))).isEqualTo(kind);
	}

	@ParameterizedTest
	@EnumSource
	void ofThenEachKindIsObserved(AnswerKind kind) {
		assertThat(answers()).anyMatch((row) -> row.get()[0] == kind);
	}

	static Stream<Arguments> answers() {
		return Stream.of( //
				Arguments.of(AnswerKind.HOST_NOT_TRUSTED, "Discovery and hosts: public host, untrusted", 404, TEXT,
						"unable to set instance using origin &{localhost:18080 pub.example http} (ExternalDomain is "
								+ "localhost): ID=QUERY-IuGh1 Message=Instance not found. Make sure you got the domain "
								+ "right. Check out https://zitadel.com/docs/apis/introduction#domains Parent=(public "
								+ "domain \"pub.example\" not trusted)\n"),
				Arguments.of(AnswerKind.INSTANCE_NOT_FOUND, "Discovery and hosts: another host", 404, TEXT,
						NO_INSTANCE + "\n"),
				Arguments.of(AnswerKind.INSTANCE_NOT_FOUND, "jwt-bearer, hosts: an API by another host", 404, JSON,
						"{\"code\":5,\"message\":\"" + NO_INSTANCE + " Parent=(unable to get instance by host: "
								+ "instanceHost other.example, publicHost : ID=QUERY-1kIjX "
								+ "Message=Errors.IAM.NotFound)\"}"),
				Arguments.of(AnswerKind.DATABASE_DOWN, "Database down: discovery, token, userinfo", 404, TEXT,
						NO_DATABASE + NO_CONNECTION + "\n"),
				Arguments.of(AnswerKind.DATABASE_DOWN, "Database down: an API", 404, JSON,
						"{\"code\":5,\"message\":\"" + NO_DATABASE + "unable to get instance by host: instanceHost "
								+ "localhost:18080, publicHost : ID=QUERY-d3fas Message=Errors.Internal Parent=("
								+ NO_CONNECTION + ")\"}"),
				Arguments.of(AnswerKind.DATABASE_DOWN, "not recorded: it fails otherwise", 404, TEXT,
						"unable to set instance using origin &{localhost  http} (ExternalDomain is localhost): context "
								+ "deadline exceeded\n"),
				Arguments.of(AnswerKind.INSTANCE_BLOCKED, "Blocked instance: discovery, token, userinfo", 429, TEXT,
						"Your ZITADEL instance is blocked.\n"),
				Arguments.of(AnswerKind.INSTANCE_BLOCKED, "Blocked instance: an API", 429, JSON,
						"{\"code\":8,\"message\":\"Errors.Limits.Instance.Blocked (LIMITS-molsj)\",\"details\":[]}"),
				Arguments.of(AnswerKind.NOT_NOW, "a limit to the rate", 429, HTML,
						"<html><h1>Too Many Requests</h1></html>"),
				Arguments.of(AnswerKind.NOT_NOW, "a gateway that waited for the request", 408, HTML, ""),
				Arguments.of(AnswerKind.NOT_NOW, "a gateway that minds early data", 425, TEXT, "Too Early"),
				Arguments.of(AnswerKind.NOT_NOW, "a gateway", 502, HTML, "<html></html>"),
				Arguments.of(AnswerKind.NOT_NOW, "a gateway without a backend", 503, TEXT, "no healthy upstream"),
				Arguments.of(AnswerKind.NOT_NOW, "a gateway that waited for the answer", 504, TEXT,
						"upstream request timeout"),
				Arguments.of(AnswerKind.NOT_NOW, "a gateway that speaks OAuth", 503, JSON,
						"{\"error\":\"temporarily_unavailable\"}"),
				Arguments.of(AnswerKind.REDIRECT, "Discovery and hosts: two slashes", 301, "", ""),
				Arguments.of(AnswerKind.REDIRECT, "a login page", 302, HTML, "<a href=\"/login\">Found</a>"),
				Arguments.of(AnswerKind.USER_NOT_ACTIVE, "User states: deactivated, locked", 400, JSON,
						"{\"error\":\"invalid_request\",\"error_description\":\"Errors.User.NotActive\"}\n"),
				Arguments.of(AnswerKind.SECRET_NOT_SET, "client_credentials: no secret set, after DELETE secret", 400,
						JSON,
						"{\"error\":\"invalid_request\","
								+ "\"error_description\":\"Errors.User.Machine.Secret.NotExisting\"}\n"),
				Arguments.of(AnswerKind.SECRET_WRONG, "client_credentials: wrong secret, old secret", 400, JSON,
						"{\"error\":\"invalid_request\","
								+ "\"error_description\":\"Errors.User.Machine.Secret.Invalid\"}\n"),
				Arguments.of(AnswerKind.CLIENT_NOT_FOUND, "client_credentials: unknown client, numeric user id", 400,
						JSON, "{\"error\":\"invalid_client\",\"error_description\":\"client not found\"}\n"),
				Arguments.of(AnswerKind.CREDENTIALS_MISSING, "client_credentials: no credentials", 400, JSON,
						"{\"error\":\"invalid_request\","
								+ "\"error_description\":\"client_id or client_assertion must be provided\"}\n"),
				Arguments.of(AnswerKind.SCOPE_MISSING, "Request errors: scope absent", 400, JSON,
						"{\"error\":\"invalid_request\",\"error_description\":\"The scope of your request is missing. "
								+ "Please ensure some scopes are requested. If you have any questions, you may contact "
								+ "the administrator of the application.\"}\n"),
				Arguments.of(AnswerKind.FORM_DAMAGED, "Request errors: assertion absent", 400, JSON,
						"{\"error\":\"invalid_request\",\"error_description\":\"assertion missing\"}\n"),
				Arguments.of(AnswerKind.FORM_DAMAGED, "Request errors: grant_type absent", 400, JSON,
						"{\"error\":\"invalid_request\",\"error_description\":\"grant_type missing\"}\n"),
				Arguments.of(AnswerKind.FORM_DAMAGED, "Request errors: unparsable form", 400, JSON,
						"{\"error\":\"invalid_request\",\"error_description\":\"error parsing form\"}\n"),
				Arguments.of(AnswerKind.GRANT_UNKNOWN, "Request errors: grant_type foo", 400, JSON,
						"{\"error\":\"unsupported_grant_type\",\"error_description\":\"foo not supported\"}\n"),
				Arguments.of(AnswerKind.FAILED_OR_REFUSED, "Bad assertion: all, and keys deleted or expired", 500, JSON,
						"{\"error\":\"server_error\",\"error_description\":\"Errors.Internal\"}\n"),
				Arguments.of(AnswerKind.REFUSED, "Bad assertion: newer versions", 400, JSON,
						"{\"error\":\"invalid_grant\",\"error_description\":\"invalid assertion\"}\n"),
				Arguments.of(AnswerKind.OTHER_FAILURE, "another server that speaks OAuth", 500, JSON,
						"{\"error\":\"oops\"}"),
				Arguments.of(AnswerKind.OTHER_ERROR, "Using the token: userinfo without one", 401, JSON,
						"{\"error\":\"invalid_request\",\"error_description\":\"access token missing\"}\n"),
				Arguments.of(AnswerKind.OTHER_ERROR, "User states: userinfo with the old token", 401, JSON,
						"{\"error\":\"access_denied\",\"error_description\":\"access token invalid\"}\n"),
				Arguments.of(AnswerKind.OTHER_ERROR, "Organisation deleted: userinfo with the old token", 401, JSON,
						"{\"error\":\"access_denied\",\"error_description\":\"no active user\"}\n"),
				Arguments.of(AnswerKind.NO_SUCH_PAGE, "a gateway without a route", 404, "text/html; charset=UTF-8",
						"<html><title>404 Not Found</title></html>"),
				Arguments.of(AnswerKind.NOTHING_THERE, "a path that ZITADEL does not have", 404, TEXT,
						"404 page not found\n"),
				Arguments.of(AnswerKind.NOTHING_THERE, "the same of an API", 404, JSON,
						"{\"code\":5,\"message\":\"Not Found\"}"),
				Arguments.of(AnswerKind.FAILURE, "Organisation deleted: an API", 500, JSON,
						"{\"code\":13,\"message\":\"Errors.Internal (QUERY-Dun75)\"}"),
				Arguments.of(AnswerKind.FAILURE, "another server", 500, HTML, "<h1>Internal Server Error</h1>"),
				Arguments.of(AnswerKind.FOREIGN, "another server", 403, TEXT, "Forbidden"),
				Arguments.of(AnswerKind.FOREIGN, "Database down: a path for probes, set as issuer by mistake", 412,
						TEXT, "ID=API-F24h2 Message=DB CONNECTION ERROR"),
				Arguments.of(AnswerKind.FOREIGN, "a page in place of a token", 200, HTML, "<html></html>"));
	}

	private static ServerAnswer answer(int status, String contentType, String body) {
		HttpHeaders headers = new HttpHeaders();
		if (!contentType.isEmpty()) {
			headers.set(HttpHeaders.CONTENT_TYPE, contentType);
		}
		return new ServerAnswer(URI.create("https://zitadel.example/oauth/v2/token"), status, headers, body);
	}

}
