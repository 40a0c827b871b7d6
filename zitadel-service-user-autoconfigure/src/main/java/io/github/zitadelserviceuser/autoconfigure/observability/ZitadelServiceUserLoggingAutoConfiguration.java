// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.time.Clock;

import io.github.zitadelserviceuser.autoconfigure.ServiceUserSetUp;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserAutoConfiguration;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.logging.KeyLog;
import io.github.zitadelserviceuser.logging.TokenLog;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;
import io.github.zitadelserviceuser.token.TokenSource;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for what is logged of token and key.
 * Both logs are looked up as the listeners that they are, and are no candidates for
 * anybody else. An application with a token source of its own, of whichever class, has
 * none: ours alone is watched.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ZitadelServiceUserAutoConfiguration.class)
@ConditionalOnBean(name = ZitadelServiceUserAutoConfiguration.TOKEN_SOURCE, value = RefreshingTokenSource.class)
public final class ZitadelServiceUserLoggingAutoConfiguration {

	// None where nothing is set up, or where a test has put its own in the place of ours.
	@Bean(autowireCandidate = false)
	@Nullable TokenLog zitadelServiceUserTokenLog(ServiceUserSetUp setUp,
			@Qualifier(ZitadelServiceUserAutoConfiguration.TOKEN_SOURCE) ObjectProvider<TokenSource> tokenSource) {
		return (setUp.isConfigured() && tokenSource.getIfAvailable() instanceof RefreshingTokenSource source)
				? new TokenLog(source::status, Clock.systemUTC()) : null;
	}

	@Bean(autowireCandidate = false)
	KeyLog zitadelServiceUserKeyLog(ServiceUserSetUp setUp, ObjectProvider<LastGoodKey> key) {
		LastGoodKey lastGoodKey = setUp.isConfigured() ? key.getIfUnique() : null;
		KeyLog log = new KeyLog(() -> (lastGoodKey != null) ? lastGoodKey.current() : null, Clock.systemUTC());
		log.checkExpiry();
		return log;
	}

}
