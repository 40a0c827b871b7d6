// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Two calls of ZITADEL's own APIs, {@code GET /auth/v1/users/me} and
 * {@code POST /v2/users}. Like all of them they need the audience {@code zitadel}, and
 * answer its absence as they answer a token that has expired.
 */
final class ManagementApiHandler implements Resource {

	static final String ME_PATH = "/auth/v1/users/me";

	static final String USERS_PATH = "/v2/users";

	private final Instance instance;

	private final String organizationId;

	ManagementApiHandler(Instance instance, String organizationId) {
		this.instance = instance;
		this.organizationId = organizationId;
	}

	@Override
	public FakeAnswer handle(HttpCall call, String issuer) {
		boolean me = call.path().equals(ME_PATH);
		if (!call.method().equals(me ? "GET" : "POST")) {
			return ApiErrors.methodNotAllowed();
		}
		if (call.header("authorization") == null) {
			return ApiErrors.authorizationMissing();
		}
		FakeServiceUser user = userOf(call.bearerToken());
		if (user == null) {
			return ApiErrors.tokenInvalid();
		}
		if (!user.isPermitted()) {
			return ApiErrors.permissionDenied();
		}
		return FakeAnswer.json(200, Json.write(me ? me(user) : users()));
	}

	private @Nullable FakeServiceUser userOf(@Nullable String value) {
		IssuedToken token = (value != null) ? this.instance.tokens().findValid(value) : null;
		return (token != null && token.audience().contains(Scopes.ZITADEL_AUDIENCE))
				? this.instance.users().find(token.userId()) : null;
	}

	private Map<String, Object> me(FakeServiceUser user) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("id", user.id());
		body.put("details", Map.of("resourceOwner", this.organizationId));
		body.put("state", "USER_STATE_ACTIVE");
		body.put("userName", user.userName());
		addNames(body, user);
		return Map.of("user", body);
	}

	private Map<String, Object> users() {
		List<Map<String, Object>> users = this.instance.users().all().stream().map(this::listed).toList();
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("details", Map.of("totalResult", Integer.toString(users.size()), "timestamp",
				this.instance.clock().instant().toString()));
		body.put("result", users);
		return body;
	}

	private Map<String, Object> listed(FakeServiceUser user) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("userId", user.id());
		body.put("details", Map.of("resourceOwner", this.organizationId));
		body.put("state", user.isActive() ? "USER_STATE_ACTIVE" : "USER_STATE_INACTIVE");
		body.put("username", user.userName());
		addNames(body, user);
		return body;
	}

	private static void addNames(Map<String, Object> body, FakeServiceUser user) {
		body.put("loginNames", List.of(user.userName()));
		body.put("preferredLoginName", user.userName());
		body.put("machine", Map.of("name", user.userName()));
	}

}
