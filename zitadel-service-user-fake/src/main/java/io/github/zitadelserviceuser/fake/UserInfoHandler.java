// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The userinfo endpoint (OpenID Connect Core 1.0 section 5.3). Any method will do, and a
 * token in the form or the query where there is none in the header.
 */
final class UserInfoHandler implements Resource {

	static final String PATH = "/oidc/v1/userinfo";

	private final Instance instance;

	private final UserClaims claims;

	UserInfoHandler(Instance instance, UserClaims claims) {
		this.instance = instance;
		this.claims = claims;
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
		if (token == null) {
			return FakeAnswer.oauthError(401, "access_denied", "access token invalid");
		}
		FakeServiceUser user = this.instance.users().find(token.userId());
		if (user == null) {
			return FakeAnswer.oauthError(401, "access_denied", "no active user");
		}
		Map<String, Object> subject = new LinkedHashMap<>();
		subject.put("sub", user.id());
		return FakeAnswer.oidc(200, this.claims.addTo(subject, user, token.scopes(), token.audience()));
	}

}
