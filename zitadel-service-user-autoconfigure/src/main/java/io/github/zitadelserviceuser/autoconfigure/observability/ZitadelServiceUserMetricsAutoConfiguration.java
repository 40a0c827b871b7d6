// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.time.Clock;
import java.util.function.Supplier;

import io.github.zitadelserviceuser.autoconfigure.ServiceUserSetUp;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserAutoConfiguration;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.key.ServiceUserKey;
import io.github.zitadelserviceuser.metrics.ServiceUserMetrics;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenSource;
import io.github.zitadelserviceuser.token.TokenStatus;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the metrics of the service user.
 * An application with a token source of its own, of whichever class, has none: ours alone
 * is watched.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ZitadelServiceUserAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(name = ZitadelServiceUserAutoConfiguration.TOKEN_SOURCE, value = RefreshingTokenSource.class)
public final class ZitadelServiceUserMetricsAutoConfiguration {

	// The providers are asked when a meter is read, so that the metrics can be bound
	// while neither token source nor key are there. None where nothing is set up.
	@Bean
	@ConditionalOnMissingBean
	@Nullable ServiceUserMetrics zitadelServiceUserMetrics(ServiceUserSetUp setUp,
			@Qualifier(ZitadelServiceUserAutoConfiguration.TOKEN_SOURCE) ObjectProvider<TokenSource> tokenSource,
			ObjectProvider<LastGoodKey> key) {
		return setUp.isConfigured() ? new ServiceUserMetrics(status(tokenSource), key(key), Clock.systemUTC()) : null;
	}

	private static Supplier<@Nullable TokenStatus> status(ObjectProvider<TokenSource> tokenSource) {
		return () -> (tokenSource.getIfUnique() instanceof RefreshingTokenSource source) ? source.status() : null;
	}

	private static Supplier<@Nullable ServiceUserKey> key(ObjectProvider<LastGoodKey> key) {
		return () -> {
			LastGoodKey lastGoodKey = key.getIfUnique();
			return (lastGoodKey != null) ? lastGoodKey.current() : null;
		};
	}

}
