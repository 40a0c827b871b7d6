// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.autoconfigure.ServiceUserBeans.Injectable;
import io.github.zitadelserviceuser.autoconfigure.ServiceUserBeans.Kind;
import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.net.AllowedHosts;
import io.github.zitadelserviceuser.observation.ObservationCallerContext;
import io.github.zitadelserviceuser.observation.TokenRequestObservationConvention;
import io.github.zitadelserviceuser.token.CallerContext;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUserCustomizer;
import io.github.zitadelserviceuser.user.ServiceUsers;
import io.github.zitadelserviceuser.user.SharedResources;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the ZITADEL service users of an
 * application: {@link ServiceUsers}, and of each user what it is injected as. Keys are
 * read at start; the network is not used before somebody needs a token.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { HttpClientAutoConfiguration.class, ImperativeHttpClientAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "zitadel.service-user.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ ZitadelServiceUserProperties.class, ZitadelServiceUsersProperties.class })
public final class ZitadelServiceUserAutoConfiguration {

	/**
	 * The name of the bean that is the token source of the unnamed user.
	 */
	static final String TOKEN_SOURCE = "zitadelServiceUserTokenSource";

	/**
	 * The name of the bean that knows all users, and makes what each of them has.
	 */
	public static final String USERS = "zitadelServiceUsers";

	@Bean
	static ServiceUserBeans zitadelServiceUserBeans(Environment environment) {
		return new ServiceUserBeans(environment,
				new Kind("zitadelServiceUser", ConfiguredServiceUser.class,
						(beans, user) -> users(beans).configured(user), Injectable.NEVER),
				new Kind(TOKEN_SOURCE, TokenSource.class, (beans, user) -> users(beans).tokenSource(user),
						Injectable.ALSO_BY_TYPE),
				Kind.of("zitadelServiceUserAllowedHosts", AllowedHosts.class, ServiceUserClient::allowedHosts,
						Injectable.ALSO_BY_TYPE),
				Kind.of("zitadelAuthorizationServer", AuthorizationServer.class, ServiceUserClient::authorizationServer,
						Injectable.ALSO_BY_TYPE));
	}

	private static ApplicationServiceUsers users(BeanFactory beanFactory) {
		return beanFactory.getBean(USERS, ApplicationServiceUsers.class);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static UnsetProperties zitadelServiceUserUnsetProperties() {
		return new UnsetProperties();
	}

	// Not lazy: a mistake in what is configured stops the application.
	@Bean(USERS)
	@Lazy(false)
	ApplicationServiceUsers zitadelServiceUsers(ServiceUserSettings settings, ServiceUserFactory factory,
			BeanFactory beanFactory) {
		return new ApplicationServiceUsers(settings, factory, beanFactory);
	}

	@Bean
	ServiceUserSettings zitadelServiceUserSettings(ZitadelServiceUserProperties unnamed,
			ZitadelServiceUsersProperties named, Environment environment) {
		// Before anything is told to be missing, which may be what is misspelt.
		UnknownProperties.warn(environment);
		return new ServiceUserSettings(unnamed, named.serviceUsers(), ServiceUserNames.in(environment));
	}

	@Bean
	ServiceUserFactory zitadelServiceUserFactory(ServiceUserSettings settings,
			ConfigurableListableBeanFactory beanFactory, LateBeans lateBeans, SharedResources shared,
			ObjectProvider<TokenRequestObservationConvention> observationConvention,
			ObjectProvider<ServiceUserCustomizer> customizers, ObjectProvider<ClientCustomization> clients) {
		return new ServiceUserFactory(settings, new MeantFor(beanFactory), lateBeans, shared, observationConvention,
				customizers, clients.orderedStream().toList());
	}

	// Looked up here, since whoever waits for a token may hold the lock for beans.
	@Bean
	SharedResources zitadelServiceUserSharedResources(LateBeans lateBeans,
			ObjectProvider<ClientHttpRequestFactoryBuilder<?>> requestFactoryBuilder,
			ObjectProvider<HttpClientSettings> settings, ReloadableSslBundles sslBundles,
			ObjectProvider<ClientCustomization> clients, ResourceLoader resourceLoader) {
		LazyObservationRegistry registry = lateBeans.observationRegistry();
		CallerContext callerContext = new ObservationCallerContext(registry);
		SharedResources.Builder builder = SharedResources.builder()
			.resourceLoader(resourceLoader)
			.requestFactoryBuilder(requestFactoryBuilder
				.getIfAvailable(() -> ClientHttpRequestFactoryBuilder.detect(resourceLoader.getClassLoader())))
			.settings(sslBundles.in(settings.getIfAvailable(HttpClientSettings::defaults)))
			.observationRegistry(registry)
			.callerContext(() -> {
				registry.lookUp();
				return callerContext.capture();
			});
		clients.orderedStream().forEach((client) -> client.addTo(builder));
		return builder.build();
	}

	@Bean
	ClientCustomization zitadelServiceUserTokenRequestCustomization(ConfigurableListableBeanFactory beanFactory) {
		return new TokenRequestCustomization(beanFactory);
	}

	@Bean
	ReloadableSslBundles zitadelServiceUserReloadableSslBundles(ObjectProvider<SslBundles> sslBundles) {
		return new ReloadableSslBundles(sslBundles.getIfAvailable());
	}

	// Not lazy: it has to hear that the start is over.
	@Bean
	@Lazy(false)
	LateBeans zitadelServiceUserLateBeans(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<ObservationRegistry> observationRegistry) {
		return new LateBeans(beanFactory, observationRegistry);
	}

}
