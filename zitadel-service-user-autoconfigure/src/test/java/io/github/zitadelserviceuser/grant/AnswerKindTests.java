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
 * Answers without a token that were not observed of a running ZITADEL, since they come of
 * others in between or of other versions. Those that were are in
 * {@link ObservedAnswerTests}.
 */
class AnswerKindTests {

	private static final String TEXT = "text/plain; charset=utf-8";

	private static final String JSON = "application/json";

	private static final String HTML = "text/html";

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("answers")
	void ofWhenAnsweredSoThenIsThatKind(AnswerKind kind, String whose, int status, String contentType, String body) {
		assertThat(AnswerKind.of(answer(status, contentType, body))).isEqualTo(kind);
	}

	@ParameterizedTest
	@EnumSource
	void ofThenEachKindIsTested(AnswerKind kind) {
		Stream<Object> kinds = answers().map((row) -> row.get()[0]);
		assertThat(Stream.concat(kinds, Stream.of(ObservedFailure.values()).map(ObservedFailure::kind))).contains(kind);
	}

	static Stream<Arguments> answers() {
		return Stream.of( //
				Arguments.of(AnswerKind.DATABASE_DOWN, "it fails otherwise", 404, TEXT,
						"unable to set instance using origin &{localhost  http} (ExternalDomain is localhost): context "
								+ "deadline exceeded\n"),
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
				Arguments.of(AnswerKind.REDIRECT, "a login page", 302, HTML, "<a href=\"/login\">Found</a>"),
				Arguments.of(AnswerKind.REFUSED, "a bad assertion, newer versions", 400, JSON,
						"{\"error\":\"invalid_grant\",\"error_description\":\"invalid assertion\"}\n"),
				Arguments.of(AnswerKind.OTHER_FAILURE, "another server that speaks OAuth", 500, JSON,
						"{\"error\":\"oops\"}"),
				Arguments.of(AnswerKind.NO_SUCH_PAGE, "a gateway without a route", 404, "text/html; charset=UTF-8",
						"<html><title>404 Not Found</title></html>"),
				Arguments.of(AnswerKind.FAILURE, "another server", 500, HTML, "<h1>Internal Server Error</h1>"),
				Arguments.of(AnswerKind.FOREIGN, "another server", 403, TEXT, "Forbidden"),
				Arguments.of(AnswerKind.FOREIGN, "a path for probes, set as issuer by mistake", 412, TEXT,
						"ID=API-F24h2 Message=DB CONNECTION ERROR"),
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
