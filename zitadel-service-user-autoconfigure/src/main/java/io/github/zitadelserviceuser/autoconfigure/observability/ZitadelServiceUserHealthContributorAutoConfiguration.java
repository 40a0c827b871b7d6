// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.time.Clock;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserAutoConfiguration;
import io.github.zitadelserviceuser.user.ServiceUsers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health of the service users,
 * {@code serviceUser} in the health endpoint and its groups, with a component for each of
 * them. One whose token source is the application's own has none: ours alone is watched.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ZitadelServiceUserAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(ServiceUsers.class)
public final class ZitadelServiceUserHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnEnabledHealthIndicator("service-user")
	@ConditionalOnMissingBean(name = { "serviceUserHealthIndicator", "serviceUserHealthContributor" })
	CompositeHealthContributor serviceUserHealthContributor(ObjectProvider<ServiceUsers> users) {
		return new ServiceUsersHealthContributor(users, Clock.systemUTC());
	}

}
