// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.service;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserAutoConfiguration;
import io.github.zitadelserviceuser.user.ServiceUsers;
import io.github.zitadelserviceuser.user.SharedResources;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.webclient.autoconfigure.service.ReactiveHttpServiceClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
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
@ConditionalOnBean({ ServiceUsers.class, HttpServiceProxyRegistry.class })
@Import(ServiceUserHttpServicesConfiguration.class)
public final class ZitadelServiceUserReactiveHttpServiceClientAutoConfiguration {

	@Bean
	ServiceUserWebClientGroupConfigurer serviceUserWebClientGroupConfigurer(ServiceUserHttpServices services,
			ServiceUsers users, HttpServiceGroupSettings settings, SharedResources shared) {
		return new ServiceUserWebClientGroupConfigurer(services, (user) -> users.get(user).filter(),
				(group) -> shared.connector(settings.of(group)));
	}

}
