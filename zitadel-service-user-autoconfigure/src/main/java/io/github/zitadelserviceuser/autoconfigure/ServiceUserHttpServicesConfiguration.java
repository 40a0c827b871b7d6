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

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;

/**
 * What HTTP services of both kinds have in common.
 */
@Configuration(proxyBeanMethods = false)
class ServiceUserHttpServicesConfiguration {

	@Bean
	ServiceUserHttpServices serviceUserHttpServices(ZitadelServiceUserProperties properties,
			ObjectProvider<HttpServiceProxyRegistry> registry) {
		return new ServiceUserHttpServices(properties.httpServiceGroups(), registry);
	}

	@Bean
	HttpServiceGroupSettings serviceUserHttpServiceGroupSettings(ObjectProvider<HttpServiceClientProperties> properties,
			ObjectProvider<SslBundles> sslBundles, ObjectProvider<HttpClientSettings> settings) {
		return new HttpServiceGroupSettings(properties, sslBundles, settings);
	}

}
