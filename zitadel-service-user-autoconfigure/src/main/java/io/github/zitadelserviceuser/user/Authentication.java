// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.user;

import io.github.zitadelserviceuser.grant.UserInfoEndpoint;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.token.TokenGrant;
import org.jspecify.annotations.Nullable;

/**
 * What a credential has become.
 *
 * @param grant obtains tokens with it
 * @param key the key, if it is one
 * @param userInfoEndpoint where to ask who it is, or {@code null} if tokens are not
 * requested here, nor with the scopes of the properties
 */
record Authentication(TokenGrant grant, @Nullable LastGoodKey key, @Nullable UserInfoEndpoint userInfoEndpoint) {

	boolean usesScopes() {
		return this.userInfoEndpoint != null;
	}

}
