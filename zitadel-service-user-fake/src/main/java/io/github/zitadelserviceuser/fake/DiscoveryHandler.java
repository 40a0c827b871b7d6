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

	private static final List<String> CLIENT_AUTHENTICATION = List.of("none", "client_secret_basic",
			"client_secret_post", "private_key_jwt");

	private static final List<String> RS256 = List.of("RS256");

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
		document.put("introspection_endpoint", issuer + IntrospectionHandler.PATH);
		document.put("userinfo_endpoint", issuer + UserInfoHandler.PATH);
		document.put("revocation_endpoint", issuer + RevocationHandler.PATH);
		document.put("end_session_endpoint", issuer + "/oidc/v1/end_session");
		document.put("device_authorization_endpoint", issuer + "/oauth/v2/device_authorization");
		document.put("jwks_uri", issuer + SigningKey.PATH);
		document.put("scopes_supported", List.of("openid", "profile", "email", "phone", "address", "offline_access"));
		document.put("response_types_supported", List.of("code", "id_token", "id_token token"));
		document.put("response_modes_supported", List.of("query", "fragment", "form_post"));
		document.put("grant_types_supported",
				List.of("authorization_code", "implicit", "refresh_token", TokenHandler.CLIENT_CREDENTIALS,
						TokenHandler.JWT_BEARER, "urn:ietf:params:oauth:grant-type:device_code"));
		document.put("subject_types_supported", List.of("public"));
		document.put("id_token_signing_alg_values_supported",
				List.of("EdDSA", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512"));
		document.put("request_object_signing_alg_values_supported", RS256);
		document.put("token_endpoint_auth_methods_supported", CLIENT_AUTHENTICATION);
		document.put("token_endpoint_auth_signing_alg_values_supported", RS256);
		document.put("revocation_endpoint_auth_methods_supported", CLIENT_AUTHENTICATION);
		document.put("revocation_endpoint_auth_signing_alg_values_supported", RS256);
		document.put("introspection_endpoint_auth_methods_supported",
				List.of("client_secret_basic", "private_key_jwt"));
		document.put("introspection_endpoint_auth_signing_alg_values_supported", RS256);
		document.put("claims_supported",
				List.of("sub", "aud", "exp", "iat", "iss", "auth_time", "nonce", "acr", "amr", "c_hash", "at_hash",
						"act", "scopes", "client_id", "azp", "preferred_username", "name", "family_name", "given_name",
						"locale", "email", "email_verified", "phone_number", "phone_number_verified"));
		document.put("code_challenge_methods_supported", List.of("S256"));
		document.put("ui_locales_supported", List.of("bg", "cs", "de", "en", "es", "fr", "hu", "id", "it", "ja", "ko",
				"mk", "nl", "pl", "pt", "ro", "ru", "sv", "tr", "zh"));
		document.put("request_parameter_supported", true);
		document.put("request_uri_parameter_supported", false);
		this.customizer.accept(document);
		return FakeAnswer.oidc(200, document);
	}

}
