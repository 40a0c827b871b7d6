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

import io.github.zitadelserviceuser.client.AllowedHosts;
import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.grant.UserInfoEndpoint;
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
			ObjectProvider<AllowedHosts> allowedHosts, ObjectProvider<TokenRequestClient> client,
			ObjectProvider<ObservationRegistry> observationRegistry) {
		return new ServiceUserVerificationLifecycle(properties.verifyOnStartup(), () -> {
			TokenRequestClient requests = client.getIfAvailable();
			new ServiceUserVerification(properties, server.getObject(), allowedHosts.getObject()).verify(
					tokenSource.getObject(),
					(requests != null) ? new UserInfoEndpoint(server.getObject(),
							requests.restClient(observationRegistry.getIfUnique(() -> ObservationRegistry.NOOP)),
							Clock.systemUTC())::request : null);
		});
	}

}
