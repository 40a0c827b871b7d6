// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.zitadelserviceuser.client.AllowedHosts;
import io.github.zitadelserviceuser.client.CallHints;
import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.grant.JwtBearerGrant;
import io.github.zitadelserviceuser.grant.ScopeCheck;
import io.github.zitadelserviceuser.key.InvalidServiceUserKeyException;
import io.github.zitadelserviceuser.key.KeyReader;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.metrics.ObservationCallerContext;
import io.github.zitadelserviceuser.metrics.ObservedTokenGrant;
import io.github.zitadelserviceuser.metrics.TokenRequestObservationConvention;
import io.github.zitadelserviceuser.net.Origin;
import io.github.zitadelserviceuser.token.CallerContext;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenGrant;
import io.github.zitadelserviceuser.token.TokenSource;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the access token of a ZITADEL
 * service user. The key is read at start, from a file; the network is not used before
 * somebody needs a token.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { HttpClientAutoConfiguration.class, ImperativeHttpClientAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "zitadel.service-user.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ZitadelServiceUserProperties.class)
public final class ZitadelServiceUserAutoConfiguration {

	static final String TOKEN_SOURCE = "zitadelServiceUserTokenSource";

	@Bean
	@ConditionalOnMissingBean
	RefreshPolicy zitadelServiceUserRefreshPolicy(ZitadelServiceUserProperties properties) {
		return properties.refreshPolicy();
	}

	// Declared as what it is, so that health, metrics and logs see that it can be
	// watched.
	@Bean(TOKEN_SOURCE)
	@ConditionalOnMissingBean(TokenSource.class)
	RefreshingTokenSource zitadelServiceUserTokenSource(TokenGrant grant, RefreshPolicy policy, LateBeans beans,
			ResourceLoader resourceLoader, ObjectProvider<TokenRequestObservationConvention> observationConvention) {
		LazyObservationRegistry registry = beans.observationRegistry();
		CallerContext callerContext = new ObservationCallerContext(registry);
		TokenGrant observed = new ObservedTokenGrant(grant, registry, observationConvention.getIfUnique());
		var builder = RefreshingTokenSource.builder(observed).policy(policy).callerContext(() -> {
			registry.lookUp();
			return callerContext.capture();
		});
		beans.tokenListeners().forEach(builder::listener);
		if (ClassUtils.isPresent("reactor.core.scheduler.Schedulers", resourceLoader.getClassLoader())) {
			builder.nonBlockingThread(Schedulers::isInNonBlockingThread);
		}
		return builder.build();
	}

	// Not lazy: it has to hear that the start is over.
	@Bean
	@Lazy(false)
	LateBeans zitadelServiceUserLateBeans(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<ObservationRegistry> observationRegistry) {
		return new LateBeans(beanFactory, observationRegistry);
	}

	@Bean
	@ConditionalOnMissingBean
	AllowedHosts zitadelServiceUserAllowedHosts(ZitadelServiceUserProperties properties, AuthorizationServer server) {
		Set<Origin> origins = new LinkedHashSet<>();
		origins.add(Origin.of(server.baseUrl()));
		Origin issuer = Origin.of(server.issuer());
		if (issuer.isSecure() || !properties.requireHttps()) {
			origins.add(issuer);
		}
		try {
			return new AllowedHosts(ZitadelServiceUserProperties.PREFIX, origins, properties.allowedHosts(),
					properties.requireHttps());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(ZitadelServiceUserProperties.PREFIX + ".allowed-hosts",
					properties.allowedHosts(), ex.getMessage());
		}
	}

	@Bean
	@ConditionalOnMissingBean
	AuthorizationServer zitadelAuthorizationServer(ZitadelServiceUserConnectionDetails connectionDetails,
			ZitadelServiceUserProperties properties) {
		return AuthorizationServer.of(ZitadelServiceUserProperties.PREFIX, connectionDetails.getIssuerUri(),
				connectionDetails.getBaseUrl(), properties.requireHttps());
	}

	@Bean
	@ConditionalOnMissingBean(ZitadelServiceUserConnectionDetails.class)
	PropertiesZitadelServiceUserConnectionDetails zitadelServiceUserConnectionDetails(
			ZitadelServiceUserProperties properties) {
		return new PropertiesZitadelServiceUserConnectionDetails(properties);
	}

	/**
	 * The JWT-bearer grant, unless the application brings a grant of its own, or tokens
	 * of its own, for which no key is needed.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean({ TokenGrant.class, TokenSource.class })
	static class JwtBearerGrantConfiguration {

		private static final Log LOGGER = LogFactory.getLog(ZitadelServiceUserAutoConfiguration.class);

		// Here, since of another grant's tokens the properties say nothing.
		@Bean
		@ConditionalOnMissingBean
		CallHints zitadelServiceUserCallHints(AuthorizationServer server, ZitadelServiceUserProperties properties) {
			return new CallHints(ZitadelServiceUserProperties.PREFIX, List.of(server.issuer(), server.baseUrl()),
					properties.allScopes());
		}

		@Bean
		TokenGrant zitadelServiceUserTokenGrant(AuthorizationServer server, LastGoodKey key,
				ZitadelServiceUserProperties properties, TokenRequestClient client, LateBeans beans) {
			Set<String> scopes = properties.allScopes();
			ScopeCheck.warnings(ZitadelServiceUserProperties.PREFIX, scopes).forEach(LOGGER::warn);
			return new JwtBearerGrant(server, key, scopes, client.restClient(beans.observationRegistry()),
					Clock.systemUTC());
		}

		@Bean
		@ConditionalOnMissingBean
		LastGoodKey zitadelServiceUserKey(KeyReader keyReader, LateBeans beans) {
			LastGoodKey key = new LastGoodKey(keyReader, beans.keyListeners());
			// Read for the first time here, so that an unusable key stops the application
			// and not its first call.
			key.read();
			return key;
		}

		@Bean
		@ConditionalOnMissingBean
		KeyReader zitadelServiceUserKeyReader(ZitadelServiceUserConnectionDetails connectionDetails,
				ZitadelServiceUserProperties properties, ResourceLoader resourceLoader) {
			return keyReader(connectionDetails, properties, resourceLoader);
		}

		@Bean
		TokenRequestClient zitadelServiceUserTokenRequestClient(ZitadelServiceUserProperties properties,
				ObjectProvider<ClientHttpRequestFactoryBuilder<?>> builder, ObjectProvider<HttpClientSettings> settings,
				ResourceLoader resourceLoader) {
			Duration connectTimeout = properties.positiveConnectTimeout();
			Duration readTimeout = properties.positiveReadTimeout();
			// Looked up here, since whoever waits for a token may hold the lock for
			// beans.
			ClientHttpRequestFactoryBuilder<?> requestFactoryBuilder = builder
				.getIfAvailable(() -> ClientHttpRequestFactoryBuilder.detect(resourceLoader.getClassLoader()));
			HttpClientSettings clientSettings = settings.getIfAvailable(HttpClientSettings::defaults)
				.withRedirects(HttpRedirects.DONT_FOLLOW)
				.withTimeouts(connectTimeout, readTimeout);
			return new TokenRequestClient(() -> requestFactoryBuilder.build(clientSettings));
		}

		private static KeyReader keyReader(ZitadelServiceUserConnectionDetails connectionDetails,
				ZitadelServiceUserProperties properties, ResourceLoader resourceLoader) {
			String prefix = ZitadelServiceUserProperties.PREFIX;
			String privateKeyLocation = properties.privateKeyLocation();
			// A connection that comes from elsewhere has a key that goes with it.
			if (connectionDetails instanceof PropertiesZitadelServiceUserConnectionDetails
					&& StringUtils.hasText(privateKeyLocation)) {
				if (StringUtils.hasText(properties.keyLocation())) {
					throw new InvalidServiceUserKeyException(
							"'" + prefix + ".key-location' or '" + prefix + ".private-key-location'", null,
							"both are set, and they are mutually exclusive",
							"Keep the first for a key file from ZITADEL's console, or the second for a key pair of "
									+ "your own, and remove the other.");
				}
				return KeyReader.pem(prefix, properties.userId(), properties.keyId(), privateKeyLocation,
						resourceLoader);
			}
			return KeyReader.json(prefix, connectionDetails.getKeyLocation(), resourceLoader);
		}

	}

}
