// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.AllowedHosts;
import io.github.zitadelserviceuser.client.CallHints;
import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;
import io.github.zitadelserviceuser.client.ServiceUserWebClientCustomizer;
import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.token.TokenSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.io.ResourceLoader;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a {@link WebClient} that calls
 * out as the service user. It comes last, so that no other auto-configuration finds a
 * {@link WebClient} and backs off.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ZitadelServiceUserAutoConfiguration.class, WebClientAutoConfiguration.class })
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass({ WebClient.class, WebClientAutoConfiguration.class })
@ConditionalOnBean(TokenSource.class)
public final class ZitadelServiceUserWebClientAutoConfiguration {

	// No candidate for whoever wants all filters or interceptors of the application, to
	// put them on clients that are not ours.
	@Bean(defaultCandidate = false)
	@ServiceUser
	@ConditionalOnMissingBean(name = "serviceUserExchangeFilterFunction")
	ServiceUserExchangeFilterFunction serviceUserExchangeFilterFunction(TokenSource tokenSource,
			AllowedHosts allowedHosts, AuthorizationServer server, ObjectProvider<CallHints> hints,
			ZitadelServiceUserProperties properties) {
		return new ServiceUserExchangeFilterFunction(tokenSource, allowedHosts, InternalAddresses.of(server))
			.withHints(hints.getIfAvailable())
			.withFollowRedirects(properties.followRedirects());
	}

	@Bean
	@Lazy
	@Fallback
	@ServiceUser
	@ConditionalOnMissingBean(name = "serviceUserWebClient")
	WebClient serviceUserWebClient(ObjectProvider<WebClientCustomizer> ofAllClients, AuthorizationServer server,
			@ServiceUser ServiceUserExchangeFilterFunction filter,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder, ObjectProvider<HttpClientSettings> settings,
			ObjectProvider<ServiceUserWebClientCustomizer> customizers, ResourceLoader resourceLoader) {
		// Not from a builder of the application, which may be one of several, or do more
		// than ours is to do: balance the load, for instance. The filter comes last
		// and sees the URL that is really called. The base URL comes first, so that any
		// customizer may set another.
		return WebClient.builder()
			.baseUrl(server.baseUrl().toString())
			.apply((ours) -> ofAllClients.orderedStream().forEach((customizer) -> customizer.customize(ours)))
			.clientConnector(connectorBuilder
				.getIfAvailable(() -> ClientHttpConnectorBuilder.detect(resourceLoader.getClassLoader()))
				.build(settings.getIfAvailable(HttpClientSettings::defaults).withRedirects(HttpRedirects.DONT_FOLLOW)))
			.apply((ours) -> customizers.orderedStream().forEach((customizer) -> customizer.customize(ours)))
			.filter(filter)
			.build();
	}

}
