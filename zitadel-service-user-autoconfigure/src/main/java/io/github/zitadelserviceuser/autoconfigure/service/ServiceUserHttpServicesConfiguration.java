// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.service;

import io.github.zitadelserviceuser.autoconfigure.ReloadableSslBundles;
import io.github.zitadelserviceuser.autoconfigure.ServiceUserSettings;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserProperties;

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
	ServiceUserHttpServices serviceUserHttpServices(ServiceUserSettings settings,
			ObjectProvider<HttpServiceProxyRegistry> registry) {
		return new ServiceUserHttpServices(
				settings.usersOf("http-service-groups", ZitadelServiceUserProperties::httpServiceGroups), registry);
	}

	@Bean
	HttpServiceGroupSettings serviceUserHttpServiceGroupSettings(ObjectProvider<HttpServiceClientProperties> properties,
			ObjectProvider<SslBundles> sslBundles, ObjectProvider<HttpClientSettings> settings,
			ReloadableSslBundles reloadable) {
		return new HttpServiceGroupSettings(properties, sslBundles, settings, reloadable);
	}

}
