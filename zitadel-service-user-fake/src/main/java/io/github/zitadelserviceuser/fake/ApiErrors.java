// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The errors of ZITADEL's APIs: a gRPC status in JSON.
 */
final class ApiErrors {

	private ApiErrors() {
	}

	static FakeAnswer tokenInvalid() {
		return unauthenticated("Errors.Token.Invalid (AUTH-7fs1e)",
				List.of(detail("AUTH-7fs1e", "Errors.Token.Invalid")));
	}

	static FakeAnswer authorizationMissing() {
		return unauthenticated("auth header missing", List.of());
	}

	static FakeAnswer invalidAuthorization() {
		return unauthenticated("invalid auth header (AUTH-toLo1)",
				List.of(detail("AUTH-toLo1", "invalid auth header")));
	}

	static FakeAnswer permissionDenied() {
		return detailed(403, 7, "AUTH-5mWD2", "No matching permissions found");
	}

	static FakeAnswer membershipNotFound() {
		return detailed(404, 5, "AUTHZ-cdgFk", "membership not found");
	}

	static FakeAnswer userNotFound() {
		return detailed(404, 5, "QUERY-Dfbg2", "User could not be found");
	}

	static FakeAnswer instanceBlocked() {
		return detailed(429, 8, "LIMITS-molsj", "Errors.Limits.Instance.Blocked");
	}

	static FakeAnswer notFound(String message) {
		return FakeAnswer.json(404, status(5, message, List.of()));
	}

	static FakeAnswer methodNotAllowed() {
		return FakeAnswer.json(405, status(12, "Method Not Allowed", List.of()));
	}

	private static FakeAnswer unauthenticated(String message, List<Object> details) {
		return FakeAnswer.json(401, status(16, message, details)).withHeader("WWW-Authenticate", message);
	}

	private static FakeAnswer detailed(int httpStatus, int code, String id, String message) {
		return FakeAnswer.json(httpStatus, status(code, message + " (" + id + ")", List.of(detail(id, message))));
	}

	private static Object detail(String id, String message) {
		Map<String, Object> detail = new LinkedHashMap<>();
		detail.put("@type", "type.googleapis.com/zitadel.v1.ErrorDetail");
		detail.put("id", id);
		detail.put("message", message);
		return detail;
	}

	private static String status(int code, String message, List<Object> details) {
		Map<String, Object> status = new LinkedHashMap<>();
		status.put("code", code);
		status.put("message", message);
		if (!details.isEmpty()) {
			status.put("details", details);
		}
		return Json.write(status);
	}

}
