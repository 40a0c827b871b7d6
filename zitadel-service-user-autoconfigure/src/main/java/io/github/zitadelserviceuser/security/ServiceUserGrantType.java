// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.security;

import org.springframework.security.oauth2.core.AuthorizationGrantType;

/**
 * The grant type by which a client registration says that the service user calls.
 *
 * @since 0.1.0
 */
public final class ServiceUserGrantType {

	/**
	 * A name of our own. With the standard one for JWT bearer, a provider of the
	 * application for that grant would take the registration for its own and exchange the
	 * JWT of the end user.
	 */
	public static final AuthorizationGrantType SERVICE_USER = new AuthorizationGrantType(
			"urn:zitadelserviceuser:grant-type:service-user");

	private ServiceUserGrantType() {
	}

}
