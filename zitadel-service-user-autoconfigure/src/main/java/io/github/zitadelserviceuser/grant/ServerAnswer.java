// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * What the authorization server answered, whatever it was.
 *
 * @param uri the URI that was requested
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body, which may hold a token
 */
record ServerAnswer(URI uri, int status, HttpHeaders headers, String body) {

	boolean isOk() {
		return this.status == 200;
	}

	/**
	 * Return the body as a JSON object.
	 * @return the object, or {@code null} if the body is none
	 */
	@Nullable Map<String, Object> json() {
		if (!this.body.stripLeading().startsWith("{")) {
			// The parser makes an object of an array of pairs, too.
			return null;
		}
		try {
			return JSONObjectUtils.parse(this.body);
		}
		catch (ParseException ex) {
			return null;
		}
	}

	/**
	 * Return the error code (RFC 6749, section 5.2).
	 * @return the code, or {@code null} if this is no error of OAuth's
	 */
	@Nullable String error() {
		return text("error");
	}

	String errorDescription() {
		String description = text("error_description");
		return (description != null) ? description : "";
	}

	private @Nullable String text(String member) {
		Map<String, Object> json = json();
		return (json != null && json.get(member) instanceof String text) ? text : null;
	}

	String contentType() {
		String contentType = this.headers.getFirst(HttpHeaders.CONTENT_TYPE);
		return (contentType != null) ? SafeText.of(contentType) : "no content type";
	}

	/**
	 * Return the value of {@code Retry-After} (RFC 9110, section 10.2.3). A date counts
	 * from the {@code Date} of the same answer: the clock of this machine may be wrong.
	 * @param now the local time, for an answer without {@code Date}
	 * @return how long to wait, or {@code null} if the server names no time to come
	 */
	@Nullable Duration retryAfter(Instant now) {
		String value = this.headers.getFirst(HttpHeaders.RETRY_AFTER);
		if (value == null) {
			return null;
		}
		if (value.matches("[0-9]{1,9}")) {
			return Duration.ofSeconds(Integer.parseInt(value));
		}
		Instant date = date(value);
		Instant answeredAt = answeredAt();
		Instant from = (answeredAt != null) ? answeredAt : now;
		return (date != null && date.isAfter(from)) ? Duration.between(from, date) : null;
	}

	/**
	 * Return the value of {@code Date}: the time by the clock of the server, to the
	 * second.
	 * @return the time, or {@code null} if the server does not say
	 */
	@Nullable Instant answeredAt() {
		return date(this.headers.getFirst(HttpHeaders.DATE));
	}

	private static @Nullable Instant date(@Nullable String value) {
		try {
			return (value != null) ? ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant()
					: null;
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	@Override
	public String toString() {
		return "ServerAnswer[uri=" + this.uri + ", status=" + this.status + "]";
	}

}
