// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Three calls of ZITADEL's own APIs, {@code GET /auth/v1/users/me},
 * {@code POST /v2/users} and {@code GET /management/v1/users/{id}}. Like all of them they
 * need the audience {@code zitadel}, and answer its absence as they answer a token that
 * has expired.
 */
final class ManagementApiHandler implements Resource {

	static final String ME_PATH = "/auth/v1/users/me";

	static final String USERS_PATH = "/v2/users";

	/** One user below it. */
	static final String MANAGEMENT_PATH = "/management/v1/users/";

	private final Instance instance;

	private final String organizationId;

	ManagementApiHandler(Instance instance, String organizationId) {
		this.instance = instance;
		this.organizationId = organizationId;
	}

	@Override
	public FakeAnswer handle(HttpCall call, String issuer) {
		if (!call.method().equals(call.path().equals(USERS_PATH) ? "POST" : "GET")) {
			return ApiErrors.methodNotAllowed();
		}
		if (call.header("authorization") == null) {
			return ApiErrors.authorizationMissing();
		}
		String token = call.bearerToken();
		if (token == null) {
			return ApiErrors.invalidAuthorization();
		}
		FakeServiceUser user = userOf(token);
		if (user == null) {
			return ApiErrors.tokenInvalid();
		}
		if (!user.isPermitted()) {
			return ApiErrors.permissionDenied();
		}
		return switch (call.path()) {
			case ME_PATH -> FakeAnswer.json(200, Json.write(one(user)));
			case USERS_PATH -> FakeAnswer.json(200, Json.write(users(user)));
			default -> managed(user, call.path().substring(MANAGEMENT_PATH.length()));
		};
	}

	private FakeAnswer managed(FakeServiceUser user, String id) {
		if (!user.isMember()) {
			return ApiErrors.membershipNotFound();
		}
		FakeServiceUser found = this.instance.users().find(id);
		return (found != null) ? FakeAnswer.json(200, Json.write(one(found))) : ApiErrors.userNotFound();
	}

	private @Nullable FakeServiceUser userOf(String value) {
		IssuedToken token = this.instance.tokens().findValid(value);
		return (token != null && token.audience().contains(Scopes.ZITADEL_AUDIENCE))
				? this.instance.users().find(token.userId()) : null;
	}

	private Map<String, Object> one(FakeServiceUser user) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("id", user.id());
		body.put("details", Map.of("resourceOwner", this.organizationId));
		body.put("state", "USER_STATE_ACTIVE");
		body.put("userName", user.userName());
		addNames(body, user);
		return Map.of("user", body);
	}

	// Who is a member of nothing sees itself, as on the real server.
	private Map<String, Object> users(FakeServiceUser caller) {
		List<Map<String, Object>> users = this.instance.users()
			.all()
			.stream()
			.filter((user) -> caller.isMember() || user.equals(caller))
			.map(this::listed)
			.toList();
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
