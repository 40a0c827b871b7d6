// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.AllowedHosts;
import io.github.zitadelserviceuser.client.CallHints;
import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInitializer;
import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;
import io.github.zitadelserviceuser.client.ServiceUserRestClientCustomizer;
import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.token.TokenSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.io.ResourceLoader;
import org.springframework.web.client.RestClient;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a {@link RestClient} that calls
 * out as the service user. It comes last, so that no other auto-configuration finds a
 * {@link RestClient} and backs off.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ZitadelServiceUserAutoConfiguration.class, RestClientAutoConfiguration.class })
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass({ RestClient.class, RestClientAutoConfiguration.class })
@ConditionalOnBean(TokenSource.class)
public final class ZitadelServiceUserRestClientAutoConfiguration {

	// No candidate for whoever wants all filters or interceptors of the application, to
	// put them on clients that are not ours.
	@Bean(defaultCandidate = false)
	@ServiceUser
	@ConditionalOnMissingBean(name = "serviceUserHttpRequestInterceptor")
	ServiceUserHttpRequestInterceptor serviceUserHttpRequestInterceptor(TokenSource tokenSource,
			AllowedHosts allowedHosts, AuthorizationServer server, ObjectProvider<CallHints> hints,
			ZitadelServiceUserProperties properties) {
		return new ServiceUserHttpRequestInterceptor(tokenSource, allowedHosts, InternalAddresses.of(server))
			.withHints(hints.getIfAvailable())
			.withFollowRedirects(properties.followRedirects());
	}

	@Bean(defaultCandidate = false)
	@ServiceUser
	@ConditionalOnMissingBean(name = "serviceUserHttpRequestInitializer")
	ServiceUserHttpRequestInitializer serviceUserHttpRequestInitializer(TokenSource tokenSource,
			AllowedHosts allowedHosts, AuthorizationServer server) {
		return new ServiceUserHttpRequestInitializer(tokenSource, allowedHosts, InternalAddresses.of(server));
	}

	@Bean
	@Lazy
	@Fallback
	@ServiceUser
	@ConditionalOnMissingBean(name = "serviceUserRestClient")
	RestClient serviceUserRestClient(ObjectProvider<RestClientBuilderConfigurer> configurer, AuthorizationServer server,
			@ServiceUser ServiceUserHttpRequestInterceptor interceptor,
			ObjectProvider<ClientHttpRequestFactoryBuilder<?>> requestFactoryBuilder,
			ObjectProvider<HttpClientSettings> settings, ObjectProvider<ServiceUserRestClientCustomizer> customizers,
			ResourceLoader resourceLoader) {
		// Not from a builder of the application, which may be one of several, or do more
		// than ours is to do: balance the load, for instance. The interceptor is the
		// last, so that it sees the URL which is really called. The base URL is the
		// first, so that any customizer may set another.
		return configurer.getIfAvailable(RestClientBuilderConfigurer::new)
			.configure(RestClient.builder().baseUrl(server.baseUrl()))
			.requestFactory(requestFactoryBuilder
				.getIfAvailable(() -> ClientHttpRequestFactoryBuilder.detect(resourceLoader.getClassLoader()))
				.build(settings.getIfAvailable(HttpClientSettings::defaults).withRedirects(HttpRedirects.DONT_FOLLOW)))
			.apply((ours) -> customizers.orderedStream().forEach((customizer) -> customizer.customize(ours)))
			.requestInterceptor(interceptor)
			.build();
	}

}
