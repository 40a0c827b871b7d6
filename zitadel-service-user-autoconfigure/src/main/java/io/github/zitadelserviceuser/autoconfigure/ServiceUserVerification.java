// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.grant.UserInfo;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenSource;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Obtains a token, asks as whom it authenticates, and logs that together with what the
 * token is good for.
 */
final class ServiceUserVerification {

	private static final Log logger = LogFactory.getLog(ServiceUserVerification.class);

	private final ZitadelServiceUserProperties properties;

	private final AuthorizationServer server;

	private final AllowedHosts allowedHosts;

	ServiceUserVerification(ZitadelServiceUserProperties properties, AuthorizationServer server,
			AllowedHosts allowedHosts) {
		this.properties = properties;
		this.server = server;
		this.allowedHosts = allowedHosts;
	}

	/**
	 * Verify that the service user can authenticate.
	 * @param tokenSource where the token comes from
	 * @param userInfo asks whose it is, or {@code null} where tokens are the
	 * application's own business, and so is how to ask
	 */
	void verify(TokenSource tokenSource, @Nullable Function<AccessToken, UserInfo> userInfo) {
		AccessToken token = step("no access token could be obtained", tokenSource::await);
		String who = (userInfo != null) ? as(
				step("an access token was obtained, but userinfo gave no answer to it", () -> userInfo.apply(token)))
				: "";
		Duration lifetime = Duration.between(token.issuedAt(), token.expiresAt());
		logger.info("Authenticated" + who + " at " + this.server.issuer() + ". The access token is good for "
				+ lifetime.toSeconds() + " s, for the scopes " + this.properties.allScopes()
				+ " as far as ZITADEL grants them, and may be sent to " + this.allowedHosts);
	}

	private static String as(UserInfo user) {
		return " as service user "
				+ ((user.userName() != null) ? "'" + user.userName() + "' (id " + user.userId() + ")" : user.userId());
	}

	private static <T> T step(String failed, Supplier<T> step) {
		try {
			return step.get();
		}
		catch (TokenRequestException ex) {
			throw new ServiceUserVerificationException(failed, ex);
		}
	}

}
