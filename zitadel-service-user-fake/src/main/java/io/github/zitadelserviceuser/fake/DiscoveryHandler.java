// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The discovery document (OpenID Connect Discovery 1.0 section 4.2), made for the issuer
 * of each request.
 */
final class DiscoveryHandler implements Resource {

	static final String PATH = "/.well-known/openid-configuration";

	private final String tokenEndpointPath;

	private volatile Consumer<Map<String, Object>> customizer = Json::unchanged;

	DiscoveryHandler(String tokenEndpointPath) {
		this.tokenEndpointPath = tokenEndpointPath;
	}

	void customize(Consumer<Map<String, Object>> customizer) {
		this.customizer = customizer;
	}

	@Override
	public FakeAnswer handle(HttpCall call, String issuer) {
		Map<String, Object> document = new LinkedHashMap<>();
		document.put("issuer", issuer);
		document.put("authorization_endpoint", issuer + "/oauth/v2/authorize");
		document.put("token_endpoint", issuer + this.tokenEndpointPath);
		document.put("introspection_endpoint", issuer + "/oauth/v2/introspect");
		document.put("userinfo_endpoint", issuer + UserInfoHandler.PATH);
		document.put("revocation_endpoint", issuer + "/oauth/v2/revoke");
		document.put("end_session_endpoint", issuer + "/oidc/v1/end_session");
		document.put("jwks_uri", issuer + IdTokens.JWKS_PATH);
		document.put("scopes_supported", List.of("openid", "profile", "email", "phone", "address", "offline_access"));
		document.put("response_types_supported", List.of("code", "id_token", "id_token token"));
		document.put("grant_types_supported", List.of("authorization_code", "implicit", "refresh_token",
				TokenHandler.CLIENT_CREDENTIALS, TokenHandler.JWT_BEARER));
		document.put("subject_types_supported", List.of("public"));
		document.put("id_token_signing_alg_values_supported", List.of("RS256"));
		document.put("token_endpoint_auth_methods_supported",
				List.of("none", "client_secret_basic", "client_secret_post", "private_key_jwt"));
		document.put("request_parameter_supported", true);
		this.customizer.accept(document);
		return FakeAnswer.oidc(200, document);
	}

}
