// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The userinfo endpoint (OpenID Connect Core 1.0 section 5.3). A service user has a name
 * to tell, for the scope {@code profile}, but no email or phone. Any method will do, and
 * a token in the form or the query where there is none in the header.
 */
final class UserInfoHandler implements Resource {

	static final String PATH = "/oidc/v1/userinfo";

	private final Instance instance;

	private final String organizationId;

	private final String organizationDomain;

	UserInfoHandler(Instance instance, String organizationId, String organizationDomain) {
		this.instance = instance;
		this.organizationId = organizationId;
		this.organizationDomain = organizationDomain;
	}

	@Override
	public FakeAnswer handle(HttpCall call, String issuer) {
		TokenForm form = TokenForm.parse(call);
		if (form.malformed()) {
			return FakeAnswer.oauthError(400, "invalid_request", "error parsing form");
		}
		String bearer = call.bearerToken();
		String value = (bearer != null) ? bearer : form.accessToken();
		if (value.isEmpty()) {
			return FakeAnswer.oauthError(401, "invalid_request", "access token missing");
		}
		IssuedToken token = this.instance.tokens().findValid(value);
		FakeServiceUser user = (token != null) ? this.instance.users().find(token.userId()) : null;
		if (token == null || user == null) {
			return FakeAnswer.oauthError(401, "access_denied", "access token invalid");
		}
		return FakeAnswer.oidc(200, claims(user, token.scopes()));
	}

	private Map<String, Object> claims(FakeServiceUser user, Set<String> scopes) {
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("sub", user.id());
		if (scopes.contains(Scopes.PROFILE)) {
			claims.put("name", user.userName());
			claims.put("preferred_username", user.userName());
			claims.put("updated_at", user.changeDate().getEpochSecond());
		}
		if (scopes.contains(Scopes.RESOURCE_OWNER)) {
			claims.put(Scopes.RESOURCE_OWNER + ":id", this.organizationId);
			claims.put(Scopes.RESOURCE_OWNER + ":name", "ZITADEL");
			claims.put(Scopes.RESOURCE_OWNER + ":primary_domain", this.organizationDomain);
		}
		return claims;
	}

}
