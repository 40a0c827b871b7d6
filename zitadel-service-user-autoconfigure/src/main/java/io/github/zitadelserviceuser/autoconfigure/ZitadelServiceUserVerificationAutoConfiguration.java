// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.client.AllowedHosts;
import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.grant.UserInfoEndpoint;
import io.github.zitadelserviceuser.token.RefreshPolicy;
import io.github.zitadelserviceuser.token.TokenSource;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the verification of the service
 * user while the application starts. The property decides when the application runs, not
 * here: a condition on it would be frozen when the application is processed ahead of
 * time.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ZitadelServiceUserAutoConfiguration.class)
@ConditionalOnBean(TokenSource.class)
public final class ZitadelServiceUserVerificationAutoConfiguration {

	@Bean
	ServiceUserVerificationLifecycle zitadelServiceUserVerification(ZitadelServiceUserProperties properties,
			ObjectProvider<TokenSource> tokenSource, ObjectProvider<AuthorizationServer> server,
			ObjectProvider<AllowedHosts> allowedHosts, ObjectProvider<RefreshPolicy> policy,
			ObjectProvider<TokenRequestClient> client, ObjectProvider<ObservationRegistry> observationRegistry) {
		return new ServiceUserVerificationLifecycle(properties.verifyOnStartup(), () -> {
			TokenRequestClient requests = client.getIfAvailable();
			new ServiceUserVerification(properties, server.getObject(), allowedHosts.getObject())
				.verify(tokenSource.getObject(),
						(requests != null)
								? userInfo(
										new UserInfoEndpoint(server.getObject(),
												requests.restClient(observationRegistry
													.getIfUnique(() -> ObservationRegistry.NOOP)),
												Clock.systemUTC()),
										policy.getObject().tokenTimeout())
								: null);
		});
	}

	private static PatientUserInfo userInfo(UserInfoEndpoint endpoint, Duration timeout) {
		return new PatientUserInfo(endpoint::request, timeout, Clock.systemUTC(), System::nanoTime,
				(time) -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
	}

}
