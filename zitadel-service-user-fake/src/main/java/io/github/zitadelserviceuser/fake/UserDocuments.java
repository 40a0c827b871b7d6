// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Users as ZITADEL's APIs show them, which is different in each version.
 */
final class UserDocuments {

	private final String organizationId;

	UserDocuments(String organizationId) {
		this.organizationId = organizationId;
	}

	Map<String, Object> version1(FakeServiceUser user) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("sequence", "1");
		details.put("creationDate", user.changeDate().toString());
		details.put("changeDate", user.changeDate().toString());
		details.put("resourceOwner", this.organizationId);
		return Map.of("user", user(user, "id", "userName", details));
	}

	Map<String, Object> version2(FakeServiceUser user) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("details", details(user));
		body.put("user", listed(user));
		return body;
	}

	Map<String, Object> list(Collection<FakeServiceUser> users, int total, String timestamp) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("totalResult", Integer.toString(total));
		details.put("timestamp", timestamp);
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("details", details);
		body.put("result", users.stream().map(this::listed).toList());
		return body;
	}

	private Map<String, Object> listed(FakeServiceUser user) {
		return user(user, "userId", "username", details(user));
	}

	private Map<String, Object> details(FakeServiceUser user) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("sequence", "1");
		details.put("changeDate", user.changeDate().toString());
		details.put("resourceOwner", this.organizationId);
		details.put("creationDate", user.changeDate().toString());
		return details;
	}

	private static Map<String, Object> user(FakeServiceUser user, String idName, String nameName,
			Map<String, Object> details) {
		Map<String, Object> machine = new LinkedHashMap<>();
		machine.put("name", user.userName());
		if (user.usesJwtAccessTokens()) {
			machine.put("accessTokenType", "ACCESS_TOKEN_TYPE_JWT");
		}
		Map<String, Object> body = new LinkedHashMap<>();
		body.put(idName, user.id());
		body.put("details", details);
		body.put("state", user.isActive() ? "USER_STATE_ACTIVE" : "USER_STATE_INACTIVE");
		body.put(nameName, user.userName());
		body.put("loginNames", List.of(user.userName()));
		body.put("preferredLoginName", user.userName());
		body.put("machine", machine);
		return body;
	}

}
