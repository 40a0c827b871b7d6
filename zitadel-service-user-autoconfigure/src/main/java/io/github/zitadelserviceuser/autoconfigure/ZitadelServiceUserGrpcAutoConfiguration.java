// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.Map;

import io.github.zitadelserviceuser.autoconfigure.ServiceUserBeans.Injectable;
import io.github.zitadelserviceuser.autoconfigure.ServiceUserBeans.Kind;
import io.github.zitadelserviceuser.client.grpc.ServiceUserCallCredentials;
import io.github.zitadelserviceuser.client.grpc.ServiceUserClientInterceptor;
import io.github.zitadelserviceuser.user.ServiceUserClient;
import io.github.zitadelserviceuser.user.ServiceUsers;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannelBuilder;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.grpc.client.GrpcChannelBuilderCustomizer;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for gRPC calls that are made as a
 * service user: of the channels of Spring gRPC that the properties name, and of those
 * that an application authorizes itself.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = ZitadelServiceUserAutoConfiguration.class)
@ConditionalOnClass(CallCredentials.class)
@ConditionalOnBean(ServiceUsers.class)
public final class ZitadelServiceUserGrpcAutoConfiguration {

	@Bean
	static ServiceUserBeans zitadelServiceUserGrpcBeans(Environment environment) {
		return new ServiceUserBeans(environment,
				Kind.of("serviceUserCallCredentials", ServiceUserCallCredentials.class,
						ZitadelServiceUserGrpcAutoConfiguration::credentials, Injectable.BY_QUALIFIER),
				Kind.of("serviceUserClientInterceptor", ServiceUserClientInterceptor.class,
						ZitadelServiceUserGrpcAutoConfiguration::interceptor, Injectable.BY_QUALIFIER));
	}

	private static ServiceUserCallCredentials credentials(ServiceUserClient user) {
		return new ServiceUserCallCredentials(user.tokenSource(), user.allowedHosts(), user.issuerHeaders());
	}

	private static ServiceUserClientInterceptor interceptor(ServiceUserClient user) {
		return new ServiceUserClientInterceptor(credentials(user)).withHints(user.hints());
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
				ServiceUserSettings settings, ServiceUsers users) {
			Map<String, String> claimed = settings.usersOf("grpc-channels", ZitadelServiceUserProperties::grpcChannels);
			return (name, builder) -> {
				String user = claimed.get(name);
				if (user != null) {
					builder.intercept(interceptor(users.get(user)));
				}
				else if (!claimed.isEmpty()) {
					// No warning: that a name belongs to no channel is not known before
					// the last channel is made, which may be at any time.
					LOGGER.debug("The gRPC channel '" + name + "' does not call out as a service user: the property '"
							+ ZitadelServiceUserProperties.PREFIX + ".grpc-channels', or that of a named user, names "
							+ claimed.keySet());
				}
			};
		}

	}

}
