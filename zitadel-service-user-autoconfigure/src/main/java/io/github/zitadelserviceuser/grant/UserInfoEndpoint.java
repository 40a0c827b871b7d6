// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.net.Origin;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import org.jspecify.annotations.Nullable;

import org.springframework.web.client.RestClient;

/**
 * The userinfo endpoint (OpenID Connect Core 1.0, section 5.3): who it is that a token
 * stands for. It is where discovery says, on the origin of the issuer, and is asked at
 * the address by which the issuer is reached.
 * <p>
 * Instances are safe for use by several threads. Nothing is sent before the first
 * {@link #request(AccessToken)}.
 *
 * @since 0.1.0
 */
public final class UserInfoEndpoint {

	private final AuthorizationServer server;

	private final RestClient restClient;

	private final AnswerFailures failures;

	private final Discovery discovery;

	private final Supplier<String> refused;

	/**
	 * Create a new endpoint.
	 * @param server who issues the tokens, and where
	 * @param restClient the client for discovery and the request. It follows no
	 * redirects, has time-outs, and sends no token of its own
	 * @param clock the clock by which answers are judged
	 */
	public UserInfoEndpoint(AuthorizationServer server, RestClient restClient, Clock clock) {
		this(server, restClient, clock, new DiscoveryCache());
	}

	/**
	 * Create a new endpoint that shares discovery with others.
	 * @param server who issues the tokens, and where
	 * @param restClient the client for discovery and the request. It follows no
	 * redirects, has time-outs, and sends no token of its own
	 * @param clock the clock by which answers are judged
	 * @param discoveryCache what others have discovered
	 */
	public UserInfoEndpoint(AuthorizationServer server, RestClient restClient, Clock clock,
			DiscoveryCache discoveryCache) {
		this(server, restClient, clock, discoveryCache,
				() -> "ZITADEL issued the access token and does not accept it any more. Its service user was deactivated, "
						+ "locked or removed since, or its organization was removed, or tokens live for seconds only. "
						+ "Look at the user in ZITADEL's console (Users, Service Users), and at the lifetime of access "
						+ "tokens (Default Settings, OIDC Token Lifetimes)");
	}

	/**
	 * Create a new endpoint for tokens that are not requested with the scopes of the
	 * properties.
	 * @param server who issues the tokens, and where
	 * @param restClient the client for discovery and the request. It follows no
	 * redirects, has time-outs, and sends no token of its own
	 * @param clock the clock by which answers are judged
	 * @param discoveryCache what others have discovered
	 * @param refused tells what it means that a token is not accepted
	 */
	public UserInfoEndpoint(AuthorizationServer server, RestClient restClient, Clock clock,
			DiscoveryCache discoveryCache, Supplier<String> refused) {
		this.refused = refused;
		this.server = server;
		this.restClient = restClient;
		this.failures = new AnswerFailures(server, clock);
		this.discovery = new Discovery(new ServerConnection(restClient, server), server, this.failures, discoveryCache);
	}

	/**
	 * Ask who a token stands for. This method blocks.
	 * @param token a token of the same issuer
	 * @return who it stands for
	 * @throws TokenRequestException if that cannot be learned; the message holds no token
	 */
	public UserInfo request(AccessToken token) {
		URI endpoint = endpoint(this.discovery.get().userInfoEndpoint());
		RestClient authorized = this.restClient.mutate()
			.defaultHeaders((headers) -> headers.setBearerAuth(token.value()))
			.build();
		ServerAnswer answer = new ServerConnection(authorized, this.server).get(endpoint);
		if (answer.status() == 401) {
			throw new TokenRequestException(Reason.REFUSED, endpoint + " answered with status " + answer.status() + ": "
					+ SafeText.of(answer.body()) + ". " + this.refused.get());
		}
		if (!answer.isOk()) {
			throw this.failures.of(answer);
		}
		Map<String, Object> claims = answer.json();
		if (claims == null) {
			throw this.failures.noJson(answer);
		}
		if (!(claims.get("sub") instanceof String userId) || userId.isEmpty()) {
			throw this.failures.invalid(answer, "it has no 'sub'");
		}
		return new UserInfo(SafeText.of(userId),
				(claims.get("preferred_username") instanceof String userName) ? SafeText.of(userName) : null);
	}

	/**
	 * The token goes to the issuer alone, by the same rule as an assertion does.
	 * @param discovered the value of {@code userinfo_endpoint}
	 * @return where to ask
	 */
	private URI endpoint(@Nullable String discovered) {
		try {
			URI endpoint = URI.create(String.valueOf(discovered));
			if (Origin.of(endpoint).equals(Origin.of(this.server.issuer()))) {
				return this.server.reachable(endpoint);
			}
		}
		catch (IllegalArgumentException ex) {
			throw unusable(discovered);
		}
		throw unusable(discovered);
	}

	private TokenRequestException unusable(@Nullable String discovered) {
		return new TokenRequestException(Reason.INVALID_RESPONSE,
				"The discovery document of " + this.server.issuer() + " has no 'userinfo_endpoint' on that origin, but "
						+ ((discovered != null) ? "'" + SafeText.of(discovered) + "'" : "none")
						+ ". Is it a ZITADEL instance?");
	}

}
