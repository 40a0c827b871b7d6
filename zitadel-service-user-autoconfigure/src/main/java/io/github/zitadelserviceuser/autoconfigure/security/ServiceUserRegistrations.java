// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.security;

import java.util.function.Function;

import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.NoSuchServiceUserException;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

/**
 * Which client registration stands for which service user: {@code zitadel-<name>} for a
 * named one, and any other for the unnamed one, since an application may call it as it
 * likes.
 */
final class ServiceUserRegistrations implements Function<ClientRegistration, TokenSource> {

	private static final String UNNAMED = "zitadel";

	private static final String NAMED = UNNAMED + "-";

	private final ObjectProvider<ServiceUsers> users;

	ServiceUserRegistrations(ObjectProvider<ServiceUsers> users) {
		this.users = users;
	}

	static String idOf(String user) {
		return user.equals(ServiceUserClient.DEFAULT_NAME) ? UNNAMED : NAMED + user;
	}

	/**
	 * Return which user a registration stands for.
	 * @param registrationId its id
	 * @return the name of the user, which need not be there
	 */
	static String userOf(String registrationId) {
		return registrationId.startsWith(NAMED) ? registrationId.substring(NAMED.length())
				: ServiceUserClient.DEFAULT_NAME;
	}

	/**
	 * Return the token source of the user that a registration stands for.
	 * @param registration the registration
	 * @return the token source
	 * @throws NoSuchServiceUserException if there is no such user
	 */
	@Override
	public TokenSource apply(ClientRegistration registration) {
		return this.users.getObject().get(userOf(registration.getRegistrationId())).tokenSource();
	}

}
