/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Clock;

import io.github.zitadelserviceuser.health.ServiceUserHealthIndicator;
import io.github.zitadelserviceuser.key.LastGoodKey;
import io.github.zitadelserviceuser.token.RefreshingTokenSource;

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

	@Bean
	@ConditionalOnEnabledHealthIndicator("service-user")
	@ConditionalOnMissingBean(name = { "serviceUserHealthIndicator", "serviceUserHealthContributor" })
	ServiceUserHealthIndicator serviceUserHealthContributor(
			@Qualifier(ZitadelServiceUserAutoConfiguration.TOKEN_SOURCE) RefreshingTokenSource tokenSource,
			ObjectProvider<LastGoodKey> key) {
		return new ServiceUserHealthIndicator(tokenSource::status, key.getIfUnique(), Clock.systemUTC());
	}

}
