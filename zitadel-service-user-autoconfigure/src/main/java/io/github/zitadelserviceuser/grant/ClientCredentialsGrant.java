// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

import io.github.zitadelserviceuser.key.InvalidCredentialException;
import io.github.zitadelserviceuser.key.LastGoodSecret;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenResponse;

import org.springframework.web.client.RestClient;

/**
 * The client credentials grant (RFC 6749, section 4.4) of a ZITADEL service user, whose
 * user name is the client id. Both are sent by HTTP Basic, in the form encoding of
 * section 2.3.1.
 * <p>
 * The secret is read at each request, so that a new one is used without a restart. A
 * request makes one HTTP call, and one more for discovery the first time. After an answer
 * that was no token it looks whether the secret was replaced or the token endpoint
 * discovered anew is another one; if so, it asks once more with what is right now, and no
 * more than once.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://zitadel.com/docs/guides/integrate/service-users/client-credentials">Client
 * credentials in ZITADEL's documentation</a>
 */
public final class ClientCredentialsGrant implements TokenGrant {

	private final AuthorizationServer server;

	private final String clientId;

	private final LastGoodSecret secret;

	private final String scope;

	private final TokenExchange<ClientSecretInputs> exchange;

	/**
	 * Create a new grant.
	 * @param server who issues the tokens, and where
	 * @param clientId the user name of the service user
	 * @param secret the client secret of the service user
	 * @param scopes the scopes to ask for, which may be none
	 * @param restClient the client for discovery and token requests. It follows no
	 * redirects, has time-outs, and sends no token of its own
	 * @param clock the clock by which answers are judged
	 * @param discoveryCache what others have discovered
	 */
	public ClientCredentialsGrant(AuthorizationServer server, String clientId, LastGoodSecret secret,
			Collection<String> scopes, RestClient restClient, Clock clock, DiscoveryCache discoveryCache) {
		this.server = server;
		this.clientId = clientId;
		this.secret = secret;
		this.scope = String.join(" ", new LinkedHashSet<>(scopes));
		this.exchange = new TokenExchange<>(server, restClient, clock, discoveryCache, new Secret());
	}

	@Override
	public TokenResponse request() {
		String secret = readSecret();
		return this.exchange.request((metadata) -> new ClientSecretInputs(secret, metadata));
	}

	private String readSecret() {
		try {
			return this.secret.read();
		}
		catch (InvalidCredentialException ex) {
			throw new TokenRequestException(Reason.INVALID_KEY, String.valueOf(ex.getMessage()), ex);
		}
	}

	private static String basic(String user, String password) {
		byte[] credentials = (encode(user) + ":" + encode(password)).getBytes(StandardCharsets.US_ASCII);
		return "Basic " + Base64.getEncoder().encodeToString(credentials);
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/**
	 * The secret as what proves who one is.
	 */
	private final class Secret implements TokenExchange.Proof<ClientSecretInputs> {

		@Override
		public ServerMetadata metadata(ClientSecretInputs inputs) {
			return inputs.metadata();
		}

		@Override
		public TokenForm form(ClientSecretInputs inputs) {
			Map<String, String> form = new LinkedHashMap<>();
			form.put("grant_type", "client_credentials");
			// Sent even where it is empty: ZITADEL refuses a request without it.
			form.put("scope", ClientCredentialsGrant.this.scope);
			return new TokenForm(form, basic(ClientCredentialsGrant.this.clientId, inputs.secret()));
		}

		@Override
		public ClientSecretInputs again(ClientSecretInputs inputs, ServerMetadata metadata, AnswerKind kind,
				ClockComparison clock) {
			return new ClientSecretInputs(kind.isOfCredential() ? readSecret() : inputs.secret(), metadata);
		}

		@Override
		public Diagnosis diagnosis(ClientSecretInputs inputs) {
			return new ClientSecretDiagnosis(ClientCredentialsGrant.this.server, ClientCredentialsGrant.this.clientId,
					ClientCredentialsGrant.this.secret);
		}

	}

}
