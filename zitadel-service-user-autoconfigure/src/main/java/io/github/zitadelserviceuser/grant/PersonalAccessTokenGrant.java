// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.time.Duration;

import io.github.zitadelserviceuser.key.InvalidCredentialException;
import io.github.zitadelserviceuser.key.LastGoodSecret;
import io.github.zitadelserviceuser.token.AccessToken;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenRequestException;
import io.github.zitadelserviceuser.token.TokenRequestException.Reason;
import io.github.zitadelserviceuser.token.TokenResponse;

/**
 * A personal access token of a ZITADEL service user, which is sent as it is: to request
 * one is to look at where it is. ZITADEL is not asked.
 * <p>
 * It is looked at again about once an hour, and when a resource server rejects it. If it
 * is the same then, there is no other one to be had.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://zitadel.com/docs/guides/integrate/service-users/personal-access-token">Personal
 * access tokens in ZITADEL's documentation</a>
 */
public final class PersonalAccessTokenGrant implements TokenGrant {

	/**
	 * When the token ends is not known. By {@code refresh-at}, which is 0.8, it is looked
	 * at again an hour after it was.
	 */
	private static final Duration LOOKED_AT_AGAIN = Duration.ofMinutes(75);

	private final LastGoodSecret token;

	/**
	 * Create a new grant.
	 * @param token where the token is
	 */
	public PersonalAccessTokenGrant(LastGoodSecret token) {
		this.token = token;
	}

	@Override
	public TokenResponse request() {
		try {
			return new TokenResponse(this.token.read(), LOOKED_AT_AGAIN);
		}
		catch (InvalidCredentialException ex) {
			throw new TokenRequestException(Reason.INVALID_KEY, String.valueOf(ex.getMessage()), ex);
		}
	}

	@Override
	public TokenResponse replace(AccessToken rejected) {
		TokenResponse response = request();
		if (response.accessToken().equals(rejected.value())) {
			throw new TokenRequestException(Reason.REFUSED,
					"A server answered 401 to the personal access token, and there is no other one. " + remedy());
		}
		return response;
	}

	/**
	 * Say what to do about a token that is rejected.
	 * @return whole sentences but for the last full stop
	 */
	public String remedy() {
		InvalidCredentialException problem = this.token.problem();
		return "It comes from " + this.token.origin()
				+ ((problem != null) ? ", where what is there now cannot be read (" + problem.found() + ")" : "")
				+ ". It has expired or was deleted, its user is deactivated, locked or removed, or that server wants "
				+ "another audience or permission. Look at the token in ZITADEL's console (Users, Service Users, the "
				+ "user, Personal Access Tokens); if it is not good, create a new one there and put it in the place of "
				+ "the old one";
	}

}
