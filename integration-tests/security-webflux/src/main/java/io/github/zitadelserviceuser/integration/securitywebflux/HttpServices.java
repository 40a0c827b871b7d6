// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.securitywebflux;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.reactive.function.client.support.OAuth2WebClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.ImportHttpServices;

@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "users", types = { UserInfoApi.class, BillingUserInfoApi.class },
		clientType = HttpServiceGroup.ClientType.WEB_CLIENT)
class HttpServices {

	@Bean
	OAuth2WebClientHttpServiceGroupConfigurer oauth2Groups(ReactiveOAuth2AuthorizedClientManager manager) {
		return OAuth2WebClientHttpServiceGroupConfigurer.from(manager);
	}

}
