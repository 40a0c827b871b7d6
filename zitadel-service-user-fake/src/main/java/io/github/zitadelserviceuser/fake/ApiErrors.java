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

	static FakeAnswer permissionDenied() {
		return FakeAnswer.json(403, status(7, "No matching permissions found (AUTH-5mWD2)",
				List.of(detail("AUTH-5mWD2", "No matching permissions found"))));
	}

	static FakeAnswer notFound() {
		return FakeAnswer.json(404, status(5, "Not Found", List.of()));
	}

	static FakeAnswer methodNotAllowed() {
		return FakeAnswer.json(501, status(12, "Method Not Allowed", List.of()));
	}

	private static FakeAnswer unauthenticated(String message, List<Object> details) {
		return FakeAnswer.json(401, status(16, message, details)).withHeader("WWW-Authenticate", message);
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
		status.put("details", details);
		return Json.write(status);
	}

}
