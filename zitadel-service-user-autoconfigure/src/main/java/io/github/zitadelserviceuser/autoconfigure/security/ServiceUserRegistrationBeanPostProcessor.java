// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.security;

import java.util.Set;
import java.util.TreeSet;

import io.github.zitadelserviceuser.autoconfigure.ServiceUserBeans;
import io.github.zitadelserviceuser.autoconfigure.ServiceUserNames;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserProperties;
import io.github.zitadelserviceuser.security.ServiceUserGrantType;
import io.github.zitadelserviceuser.user.NoSuchServiceUserException;
import io.github.zitadelserviceuser.user.ServiceUserClient;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Adds the client registration {@code zitadel}, and {@code zitadel-<name>} for each named
 * user, to those that the application has in its properties. Where it has none, nothing
 * is added: the first registration of all turns on the login of OAuth2. One of the
 * application's own by that name stays as it is.
 */
final class ServiceUserRegistrationBeanPostProcessor implements BeanPostProcessor {

	/**
	 * Not the name of the registration, by which an application may well know its ZITADEL
	 * already, for the login of its users.
	 */
	private static final String PROVIDER_ID = "zitadel-service-user";

	private final Environment environment;

	ServiceUserRegistrationBeanPostProcessor(Environment environment) {
		this.environment = environment;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof OAuth2ClientProperties properties && !properties.getRegistration().isEmpty()) {
			Set<String> users = new TreeSet<>(ServiceUserNames.in(this.environment));
			users.add(ServiceUserClient.DEFAULT_NAME);
			properties.getRegistration().forEach((id, registration) -> requireUser(id, registration, users));
			users.forEach((user) -> add(user, properties));
		}
		return bean;
	}

	// Here and not at the first call, as far as registrations are in properties.
	private static void requireUser(String id, OAuth2ClientProperties.Registration registration, Set<String> users) {
		String user = ServiceUserRegistrations.userOf(id);
		if (ServiceUserGrantType.SERVICE_USER.getValue().equals(registration.getAuthorizationGrantType())
				&& !users.contains(user)) {
			throw new NoSuchServiceUserException(user, users);
		}
	}

	private void add(String user, OAuth2ClientProperties properties) {
		String id = ServiceUserRegistrations.idOf(user);
		String providerId = ServiceUserBeans.name(PROVIDER_ID, user);
		if (properties.getRegistration().putIfAbsent(id, registration(id, providerId)) == null) {
			properties.getProvider().computeIfAbsent(providerId, (key) -> provider(user));
		}
	}

	private OAuth2ClientProperties.Provider provider(String user) {
		OAuth2ClientProperties.Provider provider = new OAuth2ClientProperties.Provider();
		// Required by a registration. The token endpoint that is really called is the one
		// that discovery finds.
		String issuer = this.environment.getProperty(ServiceUserClient.propertyPrefix(user) + ".issuer-uri",
				this.environment.getProperty(ZitadelServiceUserProperties.PREFIX + ".issuer-uri", ""));
		provider.setTokenUri(StringUtils.trimTrailingCharacter(issuer, '/') + "/oauth/v2/token");
		return provider;
	}

	private static OAuth2ClientProperties.Registration registration(String id, String providerId) {
		OAuth2ClientProperties.Registration registration = new OAuth2ClientProperties.Registration();
		registration.setProvider(providerId);
		registration.setClientId(id);
		registration.setAuthorizationGrantType(ServiceUserGrantType.SERVICE_USER.getValue());
		return registration;
	}

}
