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

import org.springframework.beans.factory.BeanFactory;
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

	private static final String CALLS = "zitadelServiceUserGrpcCalls";

	private static final String INTERCEPTOR = "serviceUserClientInterceptor";

	@Bean
	static ServiceUserBeans zitadelServiceUserGrpcBeans(Environment environment) {
		return new ServiceUserBeans(environment,
				new Kind("serviceUserCallCredentials", ServiceUserCallCredentials.class, CALLS, "credentials",
						Injectable.BY_QUALIFIER),
				new Kind(INTERCEPTOR, ServiceUserClientInterceptor.class, CALLS, "interceptor",
						Injectable.BY_QUALIFIER));
	}

	@Bean(CALLS)
	GrpcCalls zitadelServiceUserGrpcCalls(ServiceUsers users) {
		return new GrpcCalls(users);
	}

	/**
	 * Makes what authorizes calls.
	 */
	static final class GrpcCalls {

		private final ServiceUsers users;

		GrpcCalls(ServiceUsers users) {
			this.users = users;
		}

		ServiceUserCallCredentials credentials(String name) {
			ServiceUserClient user = this.users.get(name);
			return new ServiceUserCallCredentials(user.tokenSource(), user.allowedHosts(), user.internalAddress());
		}

		ServiceUserClientInterceptor interceptor(String name) {
			return new ServiceUserClientInterceptor(credentials(name)).withHints(this.users.get(name).hints());
		}

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
				ServiceUserSettings settings, BeanFactory beanFactory) {
			Map<String, String> users = settings.usersOf("grpc-channels", ZitadelServiceUserProperties::grpcChannels);
			return (name, builder) -> {
				String user = users.get(name);
				if (user != null) {
					builder.intercept(
							ServiceUserBeans.get(beanFactory, INTERCEPTOR, user, ServiceUserClientInterceptor.class));
				}
				else if (!users.isEmpty()) {
					// No warning: that a name belongs to no channel is not known before
					// the last channel is made, which may be at any time.
					LOGGER.debug("The gRPC channel '" + name + "' does not call out as a service user: the property '"
							+ ZitadelServiceUserProperties.PREFIX + ".grpc-channels', or that of a named user, names "
							+ users.keySet());
				}
			};
		}

	}

}
