// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.key.InvalidCredentialException;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.observation.TokenRequestObservationConvention;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.MissingPropertyException;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUserClientBuilder;
import io.github.zitadelserviceuser.user.ServiceUserCustomizer;
import io.github.zitadelserviceuser.user.SharedResources;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * Makes the builder of a service user from what the properties say of it and from the
 * beans that are meant for it. This is done alike for the unnamed user, for each named
 * one, and for those that are made while the application runs.
 */
final class ServiceUserFactory {

	private final ServiceUserSettings settings;

	private final MeantFor beans;

	private final LateBeans lateBeans;

	private final SharedResources shared;

	private final ObjectProvider<TokenRequestObservationConvention> observationConvention;

	private final ObjectProvider<ServiceUserCustomizer> customizers;

	private final List<ClientCustomization> clients;

	ServiceUserFactory(ServiceUserSettings settings, MeantFor beans, LateBeans lateBeans, SharedResources shared,
			ObjectProvider<TokenRequestObservationConvention> observationConvention,
			ObjectProvider<ServiceUserCustomizer> customizers, List<ClientCustomization> clients) {
		this.settings = settings;
		this.beans = beans;
		this.lateBeans = lateBeans;
		this.shared = shared;
		this.observationConvention = observationConvention;
		this.customizers = customizers;
		this.clients = clients;
	}

	/**
	 * Make a user that the application's properties or beans describe.
	 * @param name its name
	 * @return the user
	 */
	ServiceUserClient create(String name) {
		return create(name, (builder) -> addCredential(name, builder));
	}

	/**
	 * Make a user.
	 * @param name its name
	 * @param user says what the properties do not
	 * @return the user
	 */
	ServiceUserClient create(String name, Consumer<ServiceUserClientBuilder> user) {
		ZitadelServiceUserProperties properties = this.settings.of(name);
		ServiceUserClientBuilder builder = ServiceUserClient.builder().name(name).sharedResources(this.shared);
		apply(prefix(name), properties, builder);
		ifPresent(connection(name),
				(connection) -> builder.issuerUri(connection.getIssuerUri())
					.baseUrl(connection.getBaseUrl())
					.headers(connection.getHeaders()));
		this.clients.forEach((client) -> client.addTo(name, builder));
		builder.observationConvention(this.observationConvention.getIfUnique());
		this.lateBeans.tokenListeners(name).forEach(builder::tokenListener);
		this.lateBeans.keyListeners(name).forEach(builder::keyListener);
		ifPresent(this.beans.find(RefreshPolicy.class, name), builder::refreshPolicy);
		ifPresent(this.beans.find(AuthorizationServer.class, name), builder::authorizationServer);
		ifPresent(this.beans.find(AllowedHosts.class, name), builder::allowedHosts);
		user.accept(builder);
		this.customizers.orderedStream().forEach((customizer) -> customizer.customize(name, builder));
		// By that name it is found, measured and closed, whatever else was said of it.
		return builder.name(name).build();
	}

	/**
	 * Return whether the application's beans describe a user that its properties do not.
	 * @param name its name
	 * @return whether there is a bean that stands in for them
	 */
	boolean isDescribedByBeans(String name) {
		return !this.beans.names(ZitadelServiceUserConnectionDetails.class, name).isEmpty()
				|| !this.beans.names(TokenGrant.class, name).isEmpty()
				|| !this.beans.names(KeyReader.class, name).isEmpty() || tokenSourceOfTest(name) != null
				|| !this.beans.qualifiedNames(TokenSource.class, name).isEmpty();
	}

	private void addCredential(String name, ServiceUserClientBuilder builder) {
		TokenSource ofTest = tokenSourceOfTest(name);
		TokenSource tokenSource = (ofTest != null) ? ofTest : this.beans.findQualified(TokenSource.class, name);
		if (tokenSource != null) {
			builder.tokenSource(tokenSource);
			return;
		}
		TokenGrant grant = this.beans.find(TokenGrant.class, name);
		if (grant != null) {
			builder.grant(grant);
			return;
		}
		KeyReader reader = this.beans.find(KeyReader.class, name);
		if (reader != null) {
			builder.key(reader);
			return;
		}
		// A connection that comes from elsewhere has a key that goes with it.
		String keyLocation = keyLocation(name);
		if (keyLocation != null) {
			builder.keyLocation(keyLocation);
			return;
		}
		addCredential(prefix(name), this.settings.of(name), builder);
	}

	private @Nullable String keyLocation(String name) {
		ZitadelServiceUserConnectionDetails own = this.beans.find(ZitadelServiceUserConnectionDetails.class, name);
		if (own != null) {
			return own.getKeyLocation();
		}
		ZitadelServiceUserConnectionDetails shared = connection(name);
		return (shared != null) ? shared.getKeyLocation(name) : null;
	}

	// That of the unnamed user takes the place of properties which the others inherit.
	private @Nullable ZitadelServiceUserConnectionDetails connection(String name) {
		ZitadelServiceUserConnectionDetails own = this.beans.find(ZitadelServiceUserConnectionDetails.class, name);
		return (own != null || this.settings.hasOwnIssuer(name)) ? own
				: this.beans.find(ZitadelServiceUserConnectionDetails.class, ServiceUserClient.DEFAULT_NAME);
	}

	// A test that mocks the bean has put its own in the place of ours before that was
	// made.
	private @Nullable TokenSource tokenSourceOfTest(String name) {
		return this.beans.singleton(ServiceUserBeans.tokenSource(name), TokenSource.class);
	}

	private static void addCredential(String prefix, ZitadelServiceUserProperties properties,
			ServiceUserClientBuilder builder) {
		List<String> set = properties.credentials().stream().map((name) -> prefix + "." + name).toList();
		if (set.size() > 1) {
			throw new InvalidCredentialException("credential", "'" + String.join("' or '", set) + "'", null,
					((set.size() == 2) ? "both" : "all") + " are set, and they are mutually exclusive",
					"A service user authenticates in one way: keep one of them, and remove the others.");
		}
		String clientId = properties.clientId();
		addIfSet(properties.keyLocation(), builder::keyLocation);
		addIfSet(properties.privateKeyLocation(),
				(location) -> builder.keyPair(properties.userId(), properties.keyId(), location));
		addIfSet(properties.clientSecret(), (secret) -> builder.clientSecret(clientId, secret));
		addIfSet(properties.clientSecretLocation(), (location) -> builder.clientSecretLocation(clientId, location));
		addIfSet(properties.personalAccessToken(), builder::personalAccessToken);
		addIfSet(properties.personalAccessTokenLocation(), builder::personalAccessTokenLocation);
		if (set.equals(List.of(prefix + ".client-id"))) {
			throw new MissingPropertyException(prefix + ".client-secret-location",
					"the location of a file with the client secret, which goes with '" + prefix + ".client-id', or '"
							+ prefix + ".client-secret' to the secret itself");
		}
	}

	private static void addIfSet(@Nullable String value, Consumer<String> add) {
		if (StringUtils.hasText(value)) {
			add.accept(value);
		}
	}

	private static void apply(String prefix, ZitadelServiceUserProperties properties,
			ServiceUserClientBuilder builder) {
		ifPresent(properties.issuerUri(), builder::issuerUri);
		ifPresent(properties.baseUrl(), builder::baseUrl);
		ifPresent(properties.headers(), builder::headers);
		ifPresent(properties.requireHttps(), builder::requireHttps);
		ifPresent(properties.scopes(), builder::scopes);
		ifPresent(properties.apiAccess(), builder::apiAccess);
		ifPresent(properties.projectIds(), builder::projectIds);
		ifPresent(properties.projectRoles(), builder::projectRoles);
		ifPresent(properties.allowedHosts(), builder::allowedHosts);
		ifPresent(properties.followRedirects(), builder::followRedirects);
		ifPresent(properties.connectTimeout(), builder::connectTimeout);
		ifPresent(properties.readTimeout(), builder::readTimeout);
		builder.refreshPolicy(refreshPolicy(prefix, properties));
	}

	private static RefreshPolicy refreshPolicy(String prefix, ZitadelServiceUserProperties properties) {
		RefreshPolicy policy = RefreshPolicy.defaults();
		policy = with(prefix + ".keep-warm", policy, properties.keepWarm(), policy::withKeepWarm);
		policy = with(prefix + ".refresh-at", policy, properties.refreshAt(), policy::withRefreshAt);
		return with(prefix + ".token-timeout", policy, properties.tokenTimeout(), policy::withTokenTimeout);
	}

	private static <T> RefreshPolicy with(String property, RefreshPolicy policy, @Nullable T value,
			Function<T, RefreshPolicy> change) {
		if (value == null) {
			return policy;
		}
		try {
			return change.apply(value);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(property, value, ex.getMessage());
		}
	}

	private static String prefix(String name) {
		return ServiceUserClient.propertyPrefix(name);
	}

	private static <T> void ifPresent(@Nullable T value, Consumer<T> use) {
		if (value != null) {
			use.accept(value);
		}
	}

}
