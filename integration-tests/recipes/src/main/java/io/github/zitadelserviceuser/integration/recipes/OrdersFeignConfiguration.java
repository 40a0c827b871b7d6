// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import feign.Client;
import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.token.TokenSource;

import org.springframework.context.annotation.Bean;

/**
 * Of {@link OrdersFeign} alone, and so not a configuration of the application.
 */
class OrdersFeignConfiguration {

	@Bean
	Client serviceUserFeignClient(@ServiceUser TokenSource tokens) {
		return new ServiceUserFeignClient(new Client.Default(null, null), tokens);
	}

}
