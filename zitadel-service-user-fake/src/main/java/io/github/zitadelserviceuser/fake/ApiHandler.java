// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Five calls of ZITADEL's own APIs. Like all of them they need the audience
 * {@code zitadel}, and answer its absence as they answer a token that has expired.
 */
final class ApiHandler implements Resource {

	static final String ME_PATH = "/auth/v1/users/me";

	static final String USERS_PATH = "/v2/users";

	/** One user below it. */
	static final String USER_PATH = "/v2/users/";

	/** One user below it. */
	static final String MANAGEMENT_PATH = "/management/v1/users/";

	static final String CONNECT_PATH = "/zitadel.user.v2.UserService/GetUserByID";

	private final Instance instance;

	private final UserDocuments documents;

	ApiHandler(Instance instance) {
		this.instance = instance;
		this.documents = new UserDocuments(instance.organization().id());
	}

	@Override
	public FakeAnswer handle(HttpCall call, String issuer) {
		Surface surface = Surface.of(call.path());
		if (!call.method().equals(List.of(USERS_PATH, CONNECT_PATH).contains(call.path()) ? "POST" : "GET")) {
			return surface.error(ApiError.METHOD_NOT_ALLOWED);
		}
		if (call.header("authorization") == null) {
			return surface.error(ApiError.AUTHORIZATION_MISSING);
		}
		String value = call.bearerToken();
		if (value == null) {
			return surface.error(ApiError.AUTHORIZATION_INVALID);
		}
		IssuedToken token = this.instance.tokens().findValid(value);
		if (token == null || !token.audience().contains(Scopes.ZITADEL_AUDIENCE)) {
			return surface.error(ApiError.TOKEN_INVALID);
		}
		FakeServiceUser caller = this.instance.users().find(token.userId());
		return (caller != null) ? answer(call, surface, caller) : surface.error(ApiError.NO_ORGANIZATION);
	}

	private FakeAnswer answer(HttpCall call, Surface surface, FakeServiceUser caller) {
		String path = call.path();
		return switch (path) {
			case ME_PATH -> json(this.documents.version1(caller));
			case USERS_PATH -> json(users(caller));
			case CONNECT_PATH -> user(surface, caller, userId(call.body()));
			default -> path.startsWith(USER_PATH) ? user(surface, caller, path.substring(USER_PATH.length()))
					: managedUser(surface, caller, path.substring(MANAGEMENT_PATH.length()));
		};
	}

	private FakeAnswer managedUser(Surface surface, FakeServiceUser caller, String id) {
		if (!caller.isMember()) {
			return surface.error(ApiError.NO_MEMBERSHIP);
		}
		if (!caller.isPermitted()) {
			return surface.error(ApiError.NOT_PERMITTED);
		}
		FakeServiceUser user = this.instance.users().find(id);
		return (user != null) ? json(this.documents.version1(user)) : surface.error(ApiError.NO_USER);
	}

	private FakeAnswer user(Surface surface, FakeServiceUser caller, String id) {
		FakeServiceUser user = this.instance.users().find(id);
		if (user == null) {
			return surface.error(ApiError.NO_USER);
		}
		return maySee(caller, user) ? json(this.documents.version2(user))
				: surface.error(ApiError.NOT_PERMITTED_ON_USER);
	}

	private static String userId(String body) {
		Map<String, Object> request = Json.readObject(body.getBytes(StandardCharsets.UTF_8));
		return (request != null && request.get("userId") instanceof String id) ? id : "";
	}

	// Who may see nobody sees itself, and is told of how many others there are.
	private Map<String, Object> users(FakeServiceUser caller) {
		Collection<FakeServiceUser> all = this.instance.users().all();
		return this.documents.list(all.stream().filter((user) -> maySee(caller, user)).toList(), all.size(),
				this.instance.clock().instant().toString());
	}

	private static boolean maySee(FakeServiceUser caller, FakeServiceUser user) {
		return caller.equals(user) || (caller.isMember() && caller.isPermitted());
	}

	private static FakeAnswer json(Map<String, Object> body) {
		return FakeAnswer.json(200, Json.write(body));
	}

}
