// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Clock;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
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

	/**
	 * Failures that can come of a discovery document that is no longer true: the issuer,
	 * and so the audience, or the token endpoint are others by now. Discovered anew, they
	 * are right, or the failure says what is wrong.
	 */
	private static final Set<Reason> OUTDATED = EnumSet.of(Reason.WRONG_SERVER, Reason.INVALID_RESPONSE, Reason.REFUSED,
			Reason.SERVER_ERROR, Reason.KEY_NOT_KNOWN_YET);

	private final AuthorizationServer server;

	private final LastGoodKey key;

	private final String scope;

	private final Discovery discovery;

	private final AssertionSigner signer;

	private final TokenEndpoint tokenEndpoint;

	private final Clock clock;

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
		ServerConnection connection = new ServerConnection(restClient, server);
		AnswerFailures failures = new AnswerFailures(server, clock);
		this.server = server;
		this.key = key;
		this.scope = String.join(" ", new LinkedHashSet<>(scopes));
		this.discovery = new Discovery(connection, server, failures, discoveryCache);
		this.signer = new AssertionSigner(clock, () -> UUID.randomUUID().toString());
		this.tokenEndpoint = new TokenEndpoint(connection, failures);
		this.clock = clock;
	}

	@Override
	public TokenResponse request() {
		ServiceUserKey key = readKey();
		boolean discoveredEarlier = this.discovery.isKnown();
		AssertionInputs first = new AssertionInputs(key, this.discovery.get(), this.correction.get());
		ServerAnswer answer = ask(first);
		ClockComparison comparison = new ClockComparison(this.clock.instant(), answer.answeredAt());
		try {
			return read(answer, first);
		}
		catch (TokenRequestException ex) {
			if (!OUTDATED.contains(ex.getReason())) {
				throw ex;
			}
			ServerMetadata metadata = rediscover(first.metadata(), discoveredEarlier);
			AssertionInputs second = isRefusedAssertion(answer)
					? new AssertionInputs(readKey(), metadata, comparison.correction(first.correction()))
					: new AssertionInputs(first.key(), metadata, first.correction());
			// The same answer fails again, but is explained by what is known by now.
			return read(second.equals(first) ? answer : ask(second), second);
		}
	}

	private ServerAnswer ask(AssertionInputs inputs) {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("grant_type", GRANT_TYPE);
		form.put("assertion", this.signer.sign(inputs));
		// Sent even where it is empty: ZITADEL refuses a request without it.
		form.put("scope", this.scope);
		return this.tokenEndpoint.request(inputs.metadata().tokenEndpoint(), form);
	}

	private TokenResponse read(ServerAnswer answer, AssertionInputs inputs) {
		if (isRefusedAssertion(answer)) {
			this.correction.refused();
		}
		TokenResponse token = this.tokenEndpoint.read(answer,
				new AssertionDiagnosis(this.server, this.key, inputs, inputs.key().equals(this.accepted)));
		this.correction.accepted(inputs.correction());
		this.accepted = inputs.key();
		return token;
	}

	private static boolean isRefusedAssertion(ServerAnswer answer) {
		return AnswerKind.of(answer).isUnexplained();
	}

	/**
	 * Discover again, unless that was done for the request that failed.
	 * @param used what that request went by
	 * @param discoveredEarlier whether it was known before that request
	 * @return what is known now
	 */
	private ServerMetadata rediscover(ServerMetadata used, boolean discoveredEarlier) {
		this.discovery.forget(used);
		if (!discoveredEarlier) {
			return used;
		}
		try {
			return this.discovery.get();
		}
		catch (TokenRequestException ex) {
			if (ex.getReason() == Reason.WRONG_SERVER) {
				throw ex;
			}
			// It says nothing about the failure that is to be explained.
			return used;
		}
	}

	private ServiceUserKey readKey() {
		try {
			return this.key.read();
		}
		catch (InvalidServiceUserKeyException ex) {
			throw new TokenRequestException(Reason.INVALID_KEY, String.valueOf(ex.getMessage()), ex);
		}
	}

}
