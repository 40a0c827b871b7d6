// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.time.Clock;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserAutoConfiguration;
import io.github.zitadelserviceuser.health.ServiceUserHealthIndicator;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health of the service user,
 * {@code serviceUser} in the health endpoint and its groups. An application with a token
 * source of its own, of whichever class, has none: ours alone is watched. Of one that a
 * test puts in the place of ours nothing is known.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ZitadelServiceUserAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(name = ZitadelServiceUserAutoConfiguration.TOKEN_SOURCE, value = RefreshingTokenSource.class)
public final class ZitadelServiceUserHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnEnabledHealthIndicator("service-user")
	@ConditionalOnMissingBean(name = { "serviceUserHealthIndicator", "serviceUserHealthContributor" })
	ServiceUserHealthIndicator serviceUserHealthContributor(
			@Qualifier(ZitadelServiceUserAutoConfiguration.TOKEN_SOURCE) TokenSource tokenSource,
			ObjectProvider<LastGoodKey> key) {
		return new ServiceUserHealthIndicator(
				(tokenSource instanceof RefreshingTokenSource ours) ? ours::status : () -> null, key.getIfUnique(),
				Clock.systemUTC());
	}

}
