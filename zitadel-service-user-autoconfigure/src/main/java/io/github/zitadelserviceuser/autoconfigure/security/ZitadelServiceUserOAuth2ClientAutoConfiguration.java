// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.security;

import io.github.zitadelserviceuser.autoconfigure.ZitadelServiceUserAutoConfiguration;
import io.github.zitadelserviceuser.security.ReactiveServiceUserAuthorizedClientProvider;
import io.github.zitadelserviceuser.security.ServiceUserAuthorizedClientProvider;
import io.github.zitadelserviceuser.token.TokenSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.client.AuthorizationCodeOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.AuthorizationCodeReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.ClientCredentialsOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.ClientCredentialsReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.JwtBearerOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.JwtBearerReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.RefreshTokenOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.RefreshTokenReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.TokenExchangeOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.TokenExchangeReactiveOAuth2AuthorizedClientProvider;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for Spring Security's OAuth2 client:
 * the providers, which Spring Security adds to the application's own manager, and the
 * registration {@code zitadel} beside the application's own registrations. Neither a
 * manager nor a repository is contributed, since each would replace the application's.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ZitadelServiceUserAutoConfiguration.class)
@ConditionalOnClass(OAuth2AuthorizedClientProvider.class)
@ConditionalOnBean(TokenSource.class)
public final class ZitadelServiceUserOAuth2ClientAutoConfiguration {

	// Stands back where the application has a provider of its own, which may be
	// all that its manager is to have, but not because of one for a single grant
	// type: Spring Security takes these and adds ours.
	@Bean
	@Fallback
	@ConditionalOnMissingBean(value = OAuth2AuthorizedClientProvider.class,
			ignored = { AuthorizationCodeOAuth2AuthorizedClientProvider.class,
					RefreshTokenOAuth2AuthorizedClientProvider.class,
					ClientCredentialsOAuth2AuthorizedClientProvider.class,
					JwtBearerOAuth2AuthorizedClientProvider.class, TokenExchangeOAuth2AuthorizedClientProvider.class })
	ServiceUserAuthorizedClientProvider serviceUserAuthorizedClientProvider(ObjectProvider<TokenSource> tokenSource) {
		return new ServiceUserAuthorizedClientProvider(new LazyTokenSource(tokenSource));
	}

	/**
	 * The reactive provider.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Mono.class)
	static class ReactiveConfiguration {

		@Bean
		@Fallback
		@ConditionalOnMissingBean(value = ReactiveOAuth2AuthorizedClientProvider.class,
				ignored = { AuthorizationCodeReactiveOAuth2AuthorizedClientProvider.class,
						RefreshTokenReactiveOAuth2AuthorizedClientProvider.class,
						ClientCredentialsReactiveOAuth2AuthorizedClientProvider.class,
						JwtBearerReactiveOAuth2AuthorizedClientProvider.class,
						TokenExchangeReactiveOAuth2AuthorizedClientProvider.class })
		ReactiveServiceUserAuthorizedClientProvider reactiveServiceUserAuthorizedClientProvider(
				ObjectProvider<TokenSource> tokenSource) {
			return new ReactiveServiceUserAuthorizedClientProvider(new LazyTokenSource(tokenSource));
		}

	}

	/**
	 * The registration.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(OAuth2ClientProperties.class)
	static class RegistrationConfiguration {

		@Bean
		static ServiceUserRegistrationBeanPostProcessor serviceUserRegistrationBeanPostProcessor(
				Environment environment) {
			return new ServiceUserRegistrationBeanPostProcessor(environment);
		}

	}

}
