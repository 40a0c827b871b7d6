/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.ServiceUserExchangeFilterFunction;
import io.github.zitadelserviceuser.token.TokenSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.webclient.autoconfigure.service.ReactiveHttpServiceClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ResourceLoader;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;
import org.springframework.web.service.registry.ImportHttpServices;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for HTTP services, registered by
 * {@link ImportHttpServices}, that call out as the service user by a {@link WebClient}.
 *
 * @since 0.1.0
 * @see ServiceUser
 */
// Not after the one of the WebClient, which would come forward with it: it has to be
// behind those of others.
@AutoConfiguration(
		after = { ZitadelServiceUserAutoConfiguration.class, ReactiveHttpServiceClientAutoConfiguration.class })
@ConditionalOnClass({ WebClient.class, ReactiveHttpServiceClientAutoConfiguration.class })
@ConditionalOnBean({ TokenSource.class, HttpServiceProxyRegistry.class })
@Import(ServiceUserHttpServicesConfiguration.class)
public final class ZitadelServiceUserReactiveHttpServiceClientAutoConfiguration {

	@Bean
	ServiceUserWebClientGroupConfigurer serviceUserWebClientGroupConfigurer(ServiceUserHttpServices services,
			@ServiceUser ObjectProvider<ServiceUserExchangeFilterFunction> filter, HttpServiceGroupSettings settings,
			ObjectProvider<ClientHttpConnectorBuilder<?>> builder, ResourceLoader resourceLoader) {
		return new ServiceUserWebClientGroupConfigurer(services, filter::getObject,
				(group) -> builder
					.getIfAvailable(() -> ClientHttpConnectorBuilder.detect(resourceLoader.getClassLoader()))
					.build(settings.of(group)));
	}

}
