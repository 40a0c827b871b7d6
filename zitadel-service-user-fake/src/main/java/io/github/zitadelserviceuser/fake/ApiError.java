// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An error of ZITADEL's APIs: a gRPC status, which the gateway and Connect write each in
 * its own way.
 *
 * @param code the status
 * @param message the message
 * @param id the id by which ZITADEL's sources have it, {@code null} if it has no details
 */
record ApiError(Code code, String message, @Nullable String id) {

	static final ApiError TOKEN_INVALID = new ApiError(Code.UNAUTHENTICATED, "Errors.Token.Invalid", "AUTH-7fs1e");

	static final ApiError AUTHORIZATION_MISSING = new ApiError(Code.UNAUTHENTICATED, "auth header missing", null);

	static final ApiError AUTHORIZATION_INVALID = new ApiError(Code.UNAUTHENTICATED, "invalid auth header",
			"AUTH-toLo1");

	static final ApiError NOT_PERMITTED = new ApiError(Code.PERMISSION_DENIED, "No matching permissions found",
			"AUTH-5mWD2");

	static final ApiError NOT_PERMITTED_ON_USER = new ApiError(Code.PERMISSION_DENIED, "No matching permissions found",
			"AUTH-AWfge");

	static final ApiError NO_MEMBERSHIP = new ApiError(Code.NOT_FOUND, "membership not found", "AUTHZ-cdgFk");

	static final ApiError NO_USER = new ApiError(Code.NOT_FOUND, "User could not be found", "QUERY-Dfbg2");

	static final ApiError NO_ORGANIZATION = new ApiError(Code.INTERNAL, "Errors.Internal", "QUERY-Dun75");

	static final ApiError BLOCKED = new ApiError(Code.RESOURCE_EXHAUSTED, "Errors.Limits.Instance.Blocked",
			"LIMITS-molsj");

	static final ApiError METHOD_NOT_ALLOWED = new ApiError(Code.UNIMPLEMENTED, "Method Not Allowed", null);

	static ApiError notFound(String message) {
		return new ApiError(Code.NOT_FOUND, message, null);
	}

	FakeAnswer byGateway() {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("code", this.code.number);
		body.put("message", text());
		if (this.id != null) {
			Map<String, Object> detail = new LinkedHashMap<>();
			detail.put("@type", "type.googleapis.com/zitadel.v1.ErrorDetail");
			detail.putAll(detail(this.id));
			body.put("details", List.of(detail));
		}
		FakeAnswer answer = FakeAnswer.json(this.code.httpStatus, Json.write(body));
		return (this.code == Code.UNAUTHENTICATED) ? answer.withHeader("Www-Authenticate", text()) : answer;
	}

	FakeAnswer byConnect() {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("code", this.code.name().toLowerCase(Locale.ROOT));
		body.put("message", text());
		if (this.id != null) {
			Map<String, Object> detail = new LinkedHashMap<>();
			detail.put("type", "zitadel.v1.ErrorDetail");
			detail.put("value", Base64.getEncoder().withoutPadding().encodeToString(protobuf(this.id)));
			detail.put("debug", detail(this.id));
			body.put("details", List.of(detail));
		}
		return FakeAnswer.json(this.code.httpStatus, Json.write(body).replace("&", "\\u0026"));
	}

	private String text() {
		return (this.id != null) ? this.message + " (" + this.id + ")" : this.message;
	}

	private Map<String, Object> detail(String id) {
		Map<String, Object> detail = new LinkedHashMap<>();
		detail.put("id", id);
		detail.put("message", this.message);
		return detail;
	}

	// Two fields of type string, both shorter than what needs a length of two bytes.
	private byte[] protobuf(String id) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		int tag = 0x0a;
		for (String field : List.of(id, this.message)) {
			bytes.write(tag);
			bytes.write(field.length());
			bytes.writeBytes(field.getBytes(StandardCharsets.US_ASCII));
			tag += 0x08;
		}
		return bytes.toByteArray();
	}

	/**
	 * The gRPC status codes that come up, and the HTTP status of each.
	 */
	enum Code {

		NOT_FOUND(5, 404), PERMISSION_DENIED(7, 403), RESOURCE_EXHAUSTED(8, 429), UNIMPLEMENTED(12, 405),
		INTERNAL(13, 500), UNAUTHENTICATED(16, 401);

		private final int number;

		private final int httpStatus;

		Code(int number, int httpStatus) {
			this.number = number;
			this.httpStatus = httpStatus;
		}

	}

}
