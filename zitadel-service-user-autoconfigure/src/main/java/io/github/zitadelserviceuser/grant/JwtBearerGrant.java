// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.UUID;

import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.client.RestClient;

/**
 * The JWT-bearer grant (RFC 7523) of a ZITADEL service user: reads the key, signs an
 * assertion with it and exchanges that for an access token.
 * <p>
 * The key is read at each request, so that a new one is used without a restart. A request
 * makes one HTTP call, and one more for discovery if nobody has made that before. After
 * an answer that was no token it looks whether the key was replaced, the issuer
 * discovered anew is another one, or the clock here is off by up to a day; if so, it asks
 * once more with what is right now, and no more than once.
 *
 * @since 0.1.0
 */
public final class JwtBearerGrant implements TokenGrant {

	private static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";

	private final AuthorizationServer server;

	private final LastGoodKey key;

	private final String scope;

	private final AssertionSigner signer;

	private final TokenExchange<AssertionInputs> exchange;

	private final ClockCorrection correction = new ClockCorrection();

	private volatile @Nullable ServiceUserKey accepted;

	/**
	 * Create a new grant.
	 * @param server who issues the tokens, and where
	 * @param key the key of the service user
	 * @param scopes the scopes to ask for, which may be none
	 * @param restClient the client for discovery and token requests. It follows no
	 * redirects, has time-outs, and sends no token of its own
	 * @param clock the clock by which assertions are dated
	 */
	public JwtBearerGrant(AuthorizationServer server, LastGoodKey key, Collection<String> scopes, RestClient restClient,
			Clock clock) {
		this(server, key, scopes, restClient, clock, new DiscoveryCache());
	}

	/**
	 * Create a new grant that shares discovery with others.
	 * @param server who issues the tokens, and where
	 * @param key the key of the service user
	 * @param scopes the scopes to ask for, which may be none
	 * @param restClient the client for discovery and token requests. It follows no
	 * redirects, has time-outs, and sends no token of its own
	 * @param clock the clock by which assertions are dated
	 * @param discoveryCache what others have discovered
	 */
	public JwtBearerGrant(AuthorizationServer server, LastGoodKey key, Collection<String> scopes, RestClient restClient,
			Clock clock, DiscoveryCache discoveryCache) {
		this.server = server;
		this.key = key;
		this.scope = String.join(" ", new LinkedHashSet<>(scopes));
		this.signer = new AssertionSigner(clock, () -> UUID.randomUUID().toString());
		this.exchange = new TokenExchange<>(server, restClient, clock, discoveryCache, new Assertion());
	}

	@Override
	public TokenResponse request() {
		ServiceUserKey key = readKey();
		return this.exchange.request((metadata) -> new AssertionInputs(key, metadata, this.correction.get()));
	}

	private ServiceUserKey readKey() {
		try {
			return this.key.read();
		}
		catch (InvalidServiceUserKeyException ex) {
			throw new TokenRequestException(Reason.INVALID_KEY, String.valueOf(ex.getMessage()), ex);
		}
	}

	/**
	 * The assertion as what proves who one is.
	 */
	private final class Assertion implements TokenExchange.Proof<AssertionInputs> {

		@Override
		public ServerMetadata metadata(AssertionInputs inputs) {
			return inputs.metadata();
		}

		@Override
		public TokenForm form(AssertionInputs inputs) {
			Map<String, String> form = new LinkedHashMap<>();
			form.put("grant_type", GRANT_TYPE);
			form.put("assertion", JwtBearerGrant.this.signer.sign(inputs));
			// Sent even where it is empty: ZITADEL refuses a request without it.
			form.put("scope", JwtBearerGrant.this.scope);
			return new TokenForm(form, null);
		}

		@Override
		public AssertionInputs again(AssertionInputs inputs, ServerMetadata metadata, AnswerKind kind,
				ClockComparison clock) {
			return kind.isUnexplained()
					? new AssertionInputs(readKey(), metadata, clock.correction(inputs.correction()))
					: new AssertionInputs(inputs.key(), metadata, inputs.correction());
		}

		@Override
		public Diagnosis diagnosis(AssertionInputs inputs) {
			return new AssertionDiagnosis(JwtBearerGrant.this.server, JwtBearerGrant.this.key, inputs,
					inputs.key().equals(JwtBearerGrant.this.accepted));
		}

		@Override
		public void refused() {
			JwtBearerGrant.this.correction.refused();
		}

		@Override
		public void accepted(AssertionInputs inputs) {
			JwtBearerGrant.this.correction.accepted(inputs.correction());
			JwtBearerGrant.this.accepted = inputs.key();
		}

	}

}
