// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.test.autoconfigure;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserAutoConfiguration;
import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserConnectionDetails;
import io.github.zitadelserviceuser.test.AutoConfigureServiceUserToken;
import io.github.zitadelserviceuser.token.TokenSource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for
 * {@link AutoConfigureServiceUserToken}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = ZitadelServiceUserAutoConfiguration.class)
public final class ServiceUserTokenAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	TokenSource serviceUserTestTokenSource(Environment environment) {
		return new FixedTokenSource(environment.getRequiredProperty("zitadel.service-user.test.token"));
	}

	@Bean
	@ConditionalOnMissingBean
	ZitadelServiceUserConnectionDetails serviceUserTestConnectionDetails(Environment environment) {
		return new NoConnection(environment);
	}

	private static final class NoConnection implements ZitadelServiceUserConnectionDetails {

		private final Environment environment;

		NoConnection(Environment environment) {
			this.environment = environment;
		}

		@Override
		public String getIssuerUri() {
			String issuerUri = this.environment.getProperty("zitadel.service-user.issuer-uri");
			return StringUtils.hasText(issuerUri) ? issuerUri : AutoConfigureServiceUserToken.ISSUER_URI;
		}

		@Override
		public String getKeyLocation() {
			throw new IllegalStateException("With @AutoConfigureServiceUserToken there is a token and no key. "
					+ "To request tokens in a test, use @EnableFakeZitadel");
		}

		@Override
		public @Nullable String getBaseUrl() {
			return this.environment.getProperty("zitadel.service-user.base-url");
		}

	}

}
