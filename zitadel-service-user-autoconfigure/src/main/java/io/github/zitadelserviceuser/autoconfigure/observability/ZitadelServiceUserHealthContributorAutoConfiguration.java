// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.time.Clock;

import io.github.zitadelserviceuser.autoconfigure.ServiceUserSetUp;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserAutoConfiguration;
import io.github.zitadelserviceuser.health.ServiceUserHealthIndicator;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenSource;
import org.jspecify.annotations.Nullable;

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
 * source of its own, of whichever class, has none: ours alone is watched.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ZitadelServiceUserAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(name = ZitadelServiceUserAutoConfiguration.TOKEN_SOURCE, value = RefreshingTokenSource.class)
public final class ZitadelServiceUserHealthContributorAutoConfiguration {

	// None where nothing is set up. Where a test has put its own in the place of ours,
	// nothing is known of it.
	@Bean
	@ConditionalOnEnabledHealthIndicator("service-user")
	@ConditionalOnMissingBean(name = { "serviceUserHealthIndicator", "serviceUserHealthContributor" })
	@Nullable ServiceUserHealthIndicator serviceUserHealthContributor(ServiceUserSetUp setUp,
			@Qualifier(ZitadelServiceUserAutoConfiguration.TOKEN_SOURCE) ObjectProvider<TokenSource> tokenSource,
			ObjectProvider<LastGoodKey> key) {
		if (!setUp.isConfigured()) {
			return null;
		}
		return new ServiceUserHealthIndicator(
				(tokenSource.getIfAvailable() instanceof RefreshingTokenSource ours) ? ours::status : () -> null,
				key.getIfUnique(), Clock.systemUTC());
	}

}
