// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test.autoconfigure;

import io.github.zitadelserviceuser.autoconfigure.ServiceUserBeans;
import io.github.zitadelserviceuser.autoconfigure.ServiceUserBeans.Injectable;
import io.github.zitadelserviceuser.autoconfigure.ServiceUserBeans.Kind;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserAutoConfiguration;
import io.github.zitadelserviceuser.test.AutoConfigureServiceUserToken;
import io.github.zitadelserviceuser.token.TokenSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link AutoConfigureServiceUserToken}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = ZitadelServiceUserAutoConfiguration.class)
public final class ServiceUserTokenAutoConfiguration {

	private static final String TOKEN_SOURCES = "serviceUserTestTokenSources";

	// Where the tokens of a user come from, and no candidates for injection themselves.
	@Bean
	static ServiceUserBeans serviceUserTestBeans(Environment environment) {
		return new ServiceUserBeans(environment, new Kind("serviceUserTestTokenSource", TokenSource.class,
				(beans, user) -> beans.getBean(TOKEN_SOURCES, FixedTokenSources.class).of(user), Injectable.NEVER));
	}

	@Bean(TOKEN_SOURCES)
	FixedTokenSources serviceUserTestTokenSources(Environment environment) {
		return new FixedTokenSources(environment.getRequiredProperty("zitadel.service-user-test.token"));
	}

}
