// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.autoconfigure.ServiceUserBeans.Injectable;
import io.github.zitadelserviceuser.autoconfigure.ServiceUserBeans.Kind;
import io.github.zitadelserviceuser.client.ServiceUserClientHttpRequestFactory;
import io.github.zitadelserviceuser.client.ServiceUserHttpRequestInterceptor;
import io.github.zitadelserviceuser.client.ServiceUserRestClientCustomizer;
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
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for a {@link RestClient} of each
 * service user. No other auto-configuration finds one and backs off: they are defined
 * after all conditions were judged.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { ZitadelServiceUserAutoConfiguration.class, RestClientAutoConfiguration.class })
@ConditionalOnClass({ RestClient.class, RestClientAutoConfiguration.class })
@ConditionalOnBean(ServiceUsers.class)
public final class ZitadelServiceUserRestClientAutoConfiguration {

	@Bean
	static ServiceUserBeans zitadelServiceUserRestClientBeans(Environment environment) {
		return new ServiceUserBeans(environment,
				Kind.of("serviceUserClientHttpRequestFactory", ServiceUserClientHttpRequestFactory.class,
						ServiceUserClient::requestFactory, Injectable.BY_QUALIFIER),
				Kind.of("serviceUserHttpRequestInterceptor", ServiceUserHttpRequestInterceptor.class,
						ServiceUserClient::interceptor, Injectable.BY_QUALIFIER),
				Kind.of("serviceUserRestClient", RestClient.class, ServiceUserClient::restClient,
						Injectable.ALSO_BY_TYPE));
	}

	@Bean
	ClientCustomization zitadelServiceUserRestClientCustomization(
			ObjectProvider<RestClientBuilderConfigurer> configurer, ConfigurableListableBeanFactory beanFactory) {
		MeantFor beans = new MeantFor(beanFactory);
		return new ClientCustomization() {

			// Not from a builder of the application, which may be one of several, or do
			// more than ours is to do: balance the load, for instance.
			@Override
			public void addTo(SharedResources.Builder shared) {
				shared
					.restClient((ours) -> configurer.getIfAvailable(RestClientBuilderConfigurer::new).configure(ours));
			}

			@Override
			public void addTo(String user, ServiceUserClientBuilder builder) {
				builder.restClient((ours) -> beans.all(ServiceUserRestClientCustomizer.class, user)
					.forEach((customizer) -> customizer.customize(ours)));
			}

		};
	}

}
