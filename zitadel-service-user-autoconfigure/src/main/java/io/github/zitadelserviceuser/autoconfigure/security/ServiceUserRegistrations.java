// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.security;

import java.util.function.Function;

import io.github.zitadelserviceuser.token.TokenSource;
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

	private final ObjectProvider<ServiceUsers> users;

	ServiceUserRegistrations(ObjectProvider<ServiceUsers> users) {
		this.users = users;
	}

	static String idOf(String user) {
		return user.equals(ServiceUserClient.DEFAULT_NAME) ? UNNAMED : UNNAMED + "-" + user;
	}

	@Override
	public TokenSource apply(ClientRegistration registration) {
		ServiceUsers users = this.users.getObject();
		String id = registration.getRegistrationId();
		for (String name : users.names()) {
			if (id.equals(idOf(name))) {
				return users.get(name).tokenSource();
			}
		}
		return users.get(ServiceUserClient.DEFAULT_NAME).tokenSource();
	}

}
