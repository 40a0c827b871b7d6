// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Set;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.AllowedHosts;
import io.github.zitadelserviceuser.client.CallHints;
import io.github.zitadelserviceuser.client.ServiceUserCallCredentials;
import io.github.zitadelserviceuser.client.ServiceUserClientInterceptor;
import io.github.zitadelserviceuser.grant.AuthorizationServer;
import io.github.zitadelserviceuser.token.TokenSource;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannelBuilder;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for gRPC calls that are made as the
 * service user: of the channels of Spring gRPC that the properties name, and of those
 * that an application authorizes itself.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ZitadelServiceUserAutoConfiguration.class)
@ConditionalOnClass(CallCredentials.class)
@ConditionalOnBean(TokenSource.class)
public final class ZitadelServiceUserGrpcAutoConfiguration {

	// Neither is a candidate for whoever wants all of the application, to put them on
	// channels that are not ours.
	@Bean(defaultCandidate = false)
	@ServiceUser
	@ConditionalOnMissingBean(name = "serviceUserCallCredentials")
	ServiceUserCallCredentials serviceUserCallCredentials(TokenSource tokenSource, AllowedHosts allowedHosts,
			AuthorizationServer server) {
		return new ServiceUserCallCredentials(tokenSource, allowedHosts, InternalAddresses.of(server));
	}

	@Bean(defaultCandidate = false)
	@ServiceUser
	@ConditionalOnMissingBean(name = "serviceUserClientInterceptor")
	ServiceUserClientInterceptor serviceUserClientInterceptor(@ServiceUser ServiceUserCallCredentials credentials,
			ObjectProvider<CallHints> hints) {
		return new ServiceUserClientInterceptor(credentials).withHints(hints.getIfAvailable());
	}

	/**
	 * The channels of Spring gRPC.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(GrpcChannelBuilderCustomizer.class)
	static class SpringGrpcConfiguration {

		private static final Log LOGGER = LogFactory.getLog(ZitadelServiceUserGrpcAutoConfiguration.class);

		// The name of a channel, not its target: what the properties of Spring Boot and
		// the application call it by.
		@Bean
		<T extends ManagedChannelBuilder<T>> GrpcChannelBuilderCustomizer<T> serviceUserGrpcChannelBuilderCustomizer(
				ZitadelServiceUserProperties properties, @ServiceUser ServiceUserClientInterceptor interceptor) {
			Set<String> names = Set.copyOf(properties.grpcChannels());
			return (name, builder) -> {
				if (names.contains(name)) {
					builder.intercept(interceptor);
				}
				else if (!names.isEmpty()) {
					// No warning: that a name belongs to no channel is not known before
					// the last channel is made, which may be at any time.
					LOGGER.debug("The gRPC channel '" + name + "' does not call out as the service user: the property '"
							+ ZitadelServiceUserProperties.PREFIX + ".grpc-channels' names " + names);
				}
			};
		}

	}

}
