// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An HTTP answer for a {@link FakeEndpoint} to give in place of its own. Immutable. The
 * factory methods make the answers that one meets in operation.
 *
 * @since 0.1.0
 */
public final class FakeAnswer {

	static final String JSON = "application/json";

	private final int status;

	private final Map<String, String> headers;

	private final byte[] body;

	private FakeAnswer(int status, Map<String, String> headers, byte[] body) {
		this.status = status;
		this.headers = headers;
		this.body = body;
	}

	/**
	 * An arbitrary answer.
	 * @param status the HTTP status
	 * @param contentType the {@code Content-Type}
	 * @param body the text of the body, sent as UTF-8
	 * @return the answer
	 */
	public static FakeAnswer of(int status, String contentType, String body) {
		return new FakeAnswer(status, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * An arbitrary answer in JSON.
	 * @param status the HTTP status
	 * @param json the text of the body
	 * @return the answer
	 */
	public static FakeAnswer json(int status, String json) {
		return of(status, JSON, json);
	}

	/**
	 * A plain text answer as ZITADEL gives where it knows no better.
	 * @param status the HTTP status
	 * @param text the text, to which a line feed is added
	 * @return the answer
	 */
	public static FakeAnswer text(int status, String text) {
		return of(status, "text/plain; charset=utf-8", text + "\n").withHeader("X-Content-Type-Options", "nosniff");
	}

	/**
	 * An error of the token endpoint, as of RFC 6749 section 5.2.
	 * @param status the HTTP status
	 * @param error the error code
	 * @param description the error description
	 * @return the answer
	 */
	public static FakeAnswer oauthError(int status, String error, String description) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("error", error);
		body.put("error_description", description);
		return oidc(status, body).withHeader("Cache-Control", "no-store");
	}

	/**
	 * A real internal failure of ZITADEL. In {@link Dialect#SERVER_ERROR} it looks like a
	 * bad assertion.
	 * @return the answer, status 500
	 */
	public static FakeAnswer internalError() {
		return oauthError(500, "server_error", "Errors.Internal");
	}

	/**
	 * ZITADEL without its database, at discovery, token endpoint and userinfo alike.
	 * {@link FakeZitadel#databaseDown(boolean)} does it for all endpoints, the APIs too.
	 * @return the answer, status 404
	 */
	public static FakeAnswer databaseDown() {
		return new Hosts(List.of("localhost"), false).databaseDown(new AddressedHost("localhost", "", "http"),
				Surface.OIDC);
	}

	/**
	 * A quota is exhausted and the instance blocked, at discovery, token endpoint and
	 * userinfo alike. {@link FakeZitadel#instanceBlocked(boolean)} does it for all
	 * endpoints, the APIs too.
	 * @return the answer, status 429
	 */
	public static FakeAnswer instanceBlocked() {
		return text(429, "Your ZITADEL instance is blocked.");
	}

	/**
	 * A proxy in front of ZITADEL cannot reach it.
	 * @return the answer, status 502
	 */
	public static FakeAnswer badGateway() {
		return ofProxy(502, "Bad Gateway");
	}

	/**
	 * A proxy in front of ZITADEL has nowhere to send the request.
	 * @return the answer, status 503
	 */
	public static FakeAnswer serviceUnavailable() {
		return ofProxy(503, "Service Temporarily Unavailable");
	}

	/**
	 * A proxy in front of ZITADEL has waited too long.
	 * @return the answer, status 504
	 */
	public static FakeAnswer gatewayTimeout() {
		return ofProxy(504, "Gateway Time-out");
	}

	/**
	 * No answer: the connection is closed.
	 * @return the absent answer
	 */
	public static FakeAnswer disconnect() {
		return new FakeAnswer(0, Map.of(), new byte[0]);
	}

	// The JSON of discovery, token endpoint, userinfo and keys ends with a line feed.
	static FakeAnswer oidc(int status, Map<String, Object> body) {
		return json(status, Json.write(body) + "\n");
	}

	static FakeAnswer movedPermanently(String location) {
		return new FakeAnswer(301, Map.of("Location", location), new byte[0]);
	}

	private static FakeAnswer ofProxy(int status, String reason) {
		return of(status, "text/html",
				"<html><head><title>%1$d %2$s</title></head><body><h1>%1$d %2$s</h1></body></html>".formatted(status,
						reason));
	}

	/**
	 * Adds or replaces a header.
	 * @param name the name
	 * @param value the value
	 * @return another answer
	 */
	public FakeAnswer withHeader(String name, String value) {
		Map<String, String> copy = new LinkedHashMap<>(this.headers);
		copy.put(name, value);
		return new FakeAnswer(this.status, Collections.unmodifiableMap(copy), this.body);
	}

	/**
	 * Adds {@code Retry-After}.
	 * @param delay how long to wait, sent in whole seconds
	 * @return another answer
	 */
	public FakeAnswer withRetryAfter(Duration delay) {
		return withHeader("Retry-After", Long.toString(delay.toSeconds()));
	}

	/**
	 * Return the HTTP status.
	 * @return the status, 0 for {@link #disconnect()}
	 */
	public int status() {
		return this.status;
	}

	Map<String, String> headers() {
		return this.headers;
	}

	byte[] body() {
		return this.body;
	}

	boolean isDisconnect() {
		return this.status == 0;
	}

	@Override
	public String toString() {
		return "FakeAnswer[status=" + this.status + "]";
	}

}
