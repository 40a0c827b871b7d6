// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.autoconfigure.ServiceUserBeans.Injectable;
import io.github.zitadelserviceuser.autoconfigure.ServiceUserBeans.Kind;
import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;
import io.github.zitadelserviceuser.client.ServiceUserWebClientCustomizer;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUserClientBuilder;
import io.github.zitadelserviceuser.user.ServiceUsers;
import io.github.zitadelserviceuser.user.SharedResources;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a {@link WebClient} of each
 * service user. No other auto-configuration finds one and backs off: they are defined
 * after all conditions were judged.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ZitadelServiceUserAutoConfiguration.class, WebClientAutoConfiguration.class })
@ConditionalOnClass({ WebClient.class, WebClientAutoConfiguration.class })
@ConditionalOnBean(ServiceUsers.class)
public final class ZitadelServiceUserWebClientAutoConfiguration {

	@Bean
	static ServiceUserBeans zitadelServiceUserWebClientBeans(Environment environment) {
		return new ServiceUserBeans(environment,
				Kind.of("serviceUserExchangeFilterFunction", ServiceUserExchangeFilterFunction.class,
						ServiceUserClient::filter, Injectable.BY_QUALIFIER),
				Kind.of("serviceUserWebClient", WebClient.class, ServiceUserClient::webClient,
						Injectable.ALSO_BY_TYPE));
	}

	@Bean
	ClientCustomization zitadelServiceUserWebClientCustomization(ObjectProvider<WebClientCustomizer> ofAllClients,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectorBuilder, ResourceLoader resourceLoader,
			ConfigurableListableBeanFactory beanFactory) {
		MeantFor beans = new MeantFor(beanFactory);
		return new ClientCustomization() {

			// Not from a builder of the application, which may be one of several, or do
			// more than ours is to do: balance the load, for instance.
			@Override
			public void addTo(SharedResources.Builder shared) {
				shared
					.connectorBuilder(() -> connectorBuilder
						.getIfAvailable(() -> ClientHttpConnectorBuilder.detect(resourceLoader.getClassLoader())))
					.webClient(
							(ours) -> ofAllClients.orderedStream().forEach((customizer) -> customizer.customize(ours)));
			}

			@Override
			public void addTo(String user, ServiceUserClientBuilder builder) {
				builder.webClient((ours) -> beans.all(ServiceUserWebClientCustomizer.class, user)
					.forEach((customizer) -> customizer.customize(ours)));
			}

		};
	}

}
