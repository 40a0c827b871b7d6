// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test.autoconfigure;

import io.github.zitadelserviceuser.test.AutoConfigureServiceUserToken;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.ServiceUserClient;

/**
 * Makes the fixed token of each service user, which tells it from the others.
 *
 * @see AutoConfigureServiceUserToken#value()
 */
final class FixedTokenSources {

	private final String value;

	FixedTokenSources(String value) {
		this.value = value;
	}

	TokenSource of(String user) {
		return new FixedTokenSource(user.equals(ServiceUserClient.DEFAULT_NAME) ? this.value : this.value + "-" + user);
	}

}
