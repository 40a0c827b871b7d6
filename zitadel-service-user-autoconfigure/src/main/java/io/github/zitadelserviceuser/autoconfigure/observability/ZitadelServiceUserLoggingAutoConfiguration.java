// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.time.Clock;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserAutoConfiguration;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.logging.KeyLog;
import io.github.zitadelserviceuser.logging.TokenLog;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;

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

	@Bean(autowireCandidate = false)
	TokenLog zitadelServiceUserTokenLog(
			@Qualifier(ZitadelServiceUserAutoConfiguration.TOKEN_SOURCE) RefreshingTokenSource tokenSource) {
		return new TokenLog(tokenSource::status, Clock.systemUTC());
	}

	@Bean(autowireCandidate = false)
	KeyLog zitadelServiceUserKeyLog(ObjectProvider<LastGoodKey> key) {
		LastGoodKey lastGoodKey = key.getIfUnique();
		KeyLog log = new KeyLog(() -> (lastGoodKey != null) ? lastGoodKey.current() : null, Clock.systemUTC());
		log.checkExpiry();
		return log;
	}

}
