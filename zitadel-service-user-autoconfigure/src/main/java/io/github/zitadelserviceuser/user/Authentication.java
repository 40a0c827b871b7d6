// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import io.github.zitadelserviceuser.grant.UserInfoEndpoint;
import io.github.zitadelserviceuser.key.CredentialInUse;
import io.github.zitadelserviceuser.key.CredentialKind;
import io.github.zitadelserviceuser.token.TokenGrant;
import org.jspecify.annotations.Nullable;

/**
 * What a credential has become.
 *
 * @param grant obtains tokens with it
 * @param credential the credential, unless it is the application's own business
 * @param userInfoEndpoint where to ask who it is, or {@code null} likewise
 */
record Authentication(TokenGrant grant, @Nullable CredentialInUse credential,
		@Nullable UserInfoEndpoint userInfoEndpoint) {

	/**
	 * Return whether tokens are requested with the scopes of the properties.
	 */
	boolean usesScopes() {
		return this.credential != null && !isTokenItself();
	}

	/**
	 * Return whether the credential is the token, which has an end that nobody tells.
	 */
	boolean isTokenItself() {
		return this.credential != null && this.credential.kind() == CredentialKind.PERSONAL_ACCESS_TOKEN;
	}

}
