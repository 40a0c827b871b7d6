// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The token endpoint for the JWT bearer grant and client credentials: the checks in the
 * order in which ZITADEL makes them. Those of the credential are in
 * {@link Authenticator}, row 12 in {@link TokenIssuer#issue}, what the client is told in
 * {@link TokenRefusals}.
 */
final class TokenHandler implements Resource {

	static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

	static final String CLIENT_CREDENTIALS = "client_credentials";

	private final Instance instance;

	private final Authenticator authenticator;

	private final Scopes scopes;

	private final TokenRefusals refusals;

	private final TokenIssuer issuer;

	private final List<RecordedTokenRequest> requests = new CopyOnWriteArrayList<>();

	private volatile Consumer<Map<String, Object>> customizer = Json::unchanged;

	TokenHandler(Instance instance, Scopes scopes, Dialect dialect, TokenIssuer issuer) {
		this.instance = instance;
		this.authenticator = new Authenticator(instance);
		this.scopes = scopes;
		this.refusals = new TokenRefusals(dialect);
		this.issuer = issuer;
	}

	@Override
	public FakeAnswer handle(HttpCall call, String issuer) {
		return decide(call, issuer).get();
	}

	@Override
	public Supplier<FakeAnswer> decide(HttpCall call, String issuer) {
		TokenForm form = TokenForm.parse(call);
		Decision decision = decide(call, form, issuer);
		record(call, form, issuer, decision);
		IssuedToken token = decision.token();
		return () -> (token != null) ? success(token, issuer, form.grantType())
				: this.refusals.answer(decision.outcome(), form.grantType());
	}

	private Decision decide(HttpCall call, TokenForm form, String issuer) {
		if (form.malformed()) {
			return Decision.refuse(TokenOutcome.MALFORMED_FORM);
		}
		if (form.grantType().isEmpty()) {
			return Decision.refuse(TokenOutcome.GRANT_TYPE_MISSING);
		}
		return switch (form.grantType()) {
			case JWT_BEARER -> decideOnUser(form.scope(), this.authenticator.byAssertion(form, issuer), issuer);
			case CLIENT_CREDENTIALS ->
				decideOnUser(form.scope(), this.authenticator.bySecret(ClientCredentials.of(call, form)), issuer);
			default -> Decision.refuse(TokenOutcome.GRANT_TYPE_UNSUPPORTED);
		};
	}

	private Decision decideOnUser(@Nullable String scope, Authentication authentication, String issuer) {
		if (authentication.refusal() != null) {
			return Decision.refuse(authentication.refusal());
		}
		if (scope == null) {
			return Decision.refuse(TokenOutcome.SCOPE_MISSING);
		}
		FakeServiceUser user = this.instance.users().find(authentication.userId());
		IssuedToken token = (user != null) ? this.issuer.issue(user, this.scopes.grant(Scopes.split(scope)), issuer)
				: null;
		return (token != null) ? new Decision(TokenOutcome.ISSUED, token)
				: Decision.refuse(TokenOutcome.USER_NOT_ACTIVE);
	}

	private FakeAnswer success(IssuedToken token, String issuer, String grantType) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("access_token", token.value());
		body.put("token_type", "Bearer");
		// The answer is written a moment after the token was issued, and the rest cut off
		long expiresIn = Duration.between(token.issuedAt(), token.expiresAt()).minusNanos(1).toSeconds();
		if (expiresIn > 0) {
			body.put("expires_in", expiresIn);
		}
		if (token.scopes().contains(Scopes.OPENID)) {
			body.put("id_token", this.issuer.idToken(token, issuer, grantType.equals(CLIENT_CREDENTIALS)));
		}
		this.customizer.accept(body);
		return FakeAnswer.oidc(200, body);
	}

	@Override
	public void answeredElsewhere(HttpCall call, @Nullable String issuer, TokenOutcome outcome) {
		record(call, TokenForm.parse(call), issuer, Decision.refuse(outcome));
	}

	private void record(HttpCall call, TokenForm form, @Nullable String issuer, Decision decision) {
		Assertion assertion = Assertion.parse(form.assertion());
		String clientId = ClientCredentials.of(call, form).id();
		IssuedToken token = decision.token();
		this.requests.add(new RecordedTokenRequest(this.instance.clock().instant(), decision.outcome(),
				form.grantType(), clientId.isEmpty() ? null : clientId, call.method(), Map.copyOf(call.headers()),
				Set.copyOf(form.inBody().keySet()), Set.copyOf(form.inQuery().keySet()), issuer,
				(assertion != null) ? Collections.unmodifiableMap(assertion.header()) : Map.of(),
				(assertion != null) ? Collections.unmodifiableMap(assertion.claims()) : Map.of(),
				Scopes.split(Objects.requireNonNullElse(form.scope(), "")),
				(token != null) ? token.scopes() : Set.of()));
	}

	List<RecordedTokenRequest> requests() {
		return List.copyOf(this.requests);
	}

	void customize(Consumer<Map<String, Object>> customizer) {
		this.customizer = customizer;
	}

	void reset() {
		this.requests.clear();
		this.customizer = Json::unchanged;
	}

	/**
	 * The end of a request.
	 *
	 * @param outcome what became of it
	 * @param token the token, if one was issued
	 */
	private record Decision(TokenOutcome outcome, @Nullable IssuedToken token) {

		static Decision refuse(TokenOutcome outcome) {
			return new Decision(outcome, null);
		}

	}

}
