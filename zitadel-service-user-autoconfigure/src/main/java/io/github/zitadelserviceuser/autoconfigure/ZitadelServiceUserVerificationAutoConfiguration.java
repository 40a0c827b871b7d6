// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import io.github.zitadelserviceuser.user.ServiceUsers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the verification of service
 * users while the application starts. The property decides when the application runs, not
 * here: a condition on it would be frozen when the application is processed ahead of
 * time.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ZitadelServiceUserAutoConfiguration.class)
@ConditionalOnBean(ServiceUsers.class)
public final class ZitadelServiceUserVerificationAutoConfiguration {

	@Bean
	ServiceUserVerificationLifecycle zitadelServiceUserVerification(ServiceUserSettings settings,
			ObjectProvider<ServiceUsers> users) {
		return new ServiceUserVerificationLifecycle(() -> users.getObject().forEach((user) -> {
			if (Boolean.TRUE.equals(settings.of(user.name()).verifyOnStartup())) {
				new ServiceUserVerification(user).verify();
			}
		}));
	}

}
