// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The introspection endpoint (RFC 7662): an application asks about a token, and gets to
 * know of those of its own project, and of personal ones.
 */
final class IntrospectionHandler implements Resource {

	static final String PATH = "/oauth/v2/introspect";

	private final Instance instance;

	private final UserClaims claims;

	IntrospectionHandler(Instance instance, UserClaims claims) {
		this.instance = instance;
		this.claims = claims;
	}

	@Override
	public FakeAnswer handle(HttpCall call, String issuer) {
		TokenForm form = TokenForm.parse(call);
		ClientCredentials client = ClientCredentials.of(call, form);
		if (client.id().isEmpty() && form.clientAssertion().isEmpty()) {
			return FakeAnswer.oauthError(400, "invalid_request", "client_id or client_assertion must be provided");
		}
		FakeApplication application = this.instance.applications()
			.authenticate(client, form, issuer, this.instance.clock().instant());
		if (application == null) {
			return FakeAnswer.oidc(400, Map.of("error", "unauthorized_client"));
		}
		IssuedToken token = this.instance.tokens().findValid(form.token());
		FakeServiceUser user = (token != null) ? this.instance.users().find(token.userId()) : null;
		if (token == null || user == null || !isFor(token, application)) {
			return FakeAnswer.oidc(200, Map.of("active", false));
		}
		return FakeAnswer.oidc(200,
				token.isPersonal() ? personal(token, user, application, issuer) : issued(token, user, issuer));
	}

	private static boolean isFor(IssuedToken token, FakeApplication application) {
		return token.isPersonal() || token.audience().contains(application.project().id());
	}

	private Map<String, Object> issued(IssuedToken token, FakeServiceUser user, String issuer) {
		Map<String, Object> body = active(token, user.userName(), token.scopes(), this.instance.projectIds(token),
				issuer);
		return this.claims.addTo(body, user, token.scopes(), token.audience());
	}

	// A personal access token has the audience and all roles of whoever asks.
	private Map<String, Object> personal(IssuedToken token, FakeServiceUser user, FakeApplication application,
			String issuer) {
		FakeProject project = application.project();
		List<String> scopes = new ArrayList<>(token.scopes());
		scopes.removeIf((scope) -> !Scopes.audience(Set.of(scope)).isEmpty());
		project.roles().forEach((role) -> scopes.add(Scopes.ROLE + role));
		Map<String, Object> body = active(token, null, scopes, List.of(application.clientId(), project.id()), issuer);
		return this.claims.addTo(body, user, scopes, List.of(project.id()));
	}

	private static Map<String, Object> active(IssuedToken token, @Nullable String client, Iterable<String> scopes,
			Iterable<String> audience, String issuer) {
		long issuedAt = token.issuedAt().getEpochSecond();
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("active", true);
		body.put("scope", String.join(" ", scopes));
		if (client != null) {
			body.put("client_id", client);
		}
		body.put("token_type", "Bearer");
		body.put("exp", token.expiresAt().getEpochSecond());
		body.put("iat", issuedAt);
		if (client != null) {
			body.put("auth_time", issuedAt);
		}
		body.put("nbf", issuedAt);
		body.put("sub", token.userId());
		body.put("aud", audience);
		body.put("iss", issuer);
		body.put("jti", token.id());
		if (client != null && token.scopes().contains(Scopes.PROFILE)) {
			body.put("username", client);
		}
		return body;
	}

}
