// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.security;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.client.support.OAuth2RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.ImportHttpServices;

@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "users", types = { UserInfoApi.class, BillingUserInfoApi.class })
class HttpServices {

	@Bean
	OAuth2RestClientHttpServiceGroupConfigurer oauth2Groups(OAuth2AuthorizedClientManager manager) {
		return OAuth2RestClientHttpServiceGroupConfigurer.from(manager);
	}

}
