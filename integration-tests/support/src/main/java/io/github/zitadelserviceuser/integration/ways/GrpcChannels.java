// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.grpc.ServiceUserClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.inprocess.InProcessChannelBuilder;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The channel to the server {@code greeting.grpc.name} in this process, whose authority
 * is {@code greeting.grpc.authority}. To gRPC it is as safe as TLS.
 */
@Configuration(proxyBeanMethods = false)
class GrpcChannels {

	@Bean
	ManagedChannelBuilder<?> greetingChannelBuilder(@Value("${greeting.grpc.name}") String name,
			@Value("${greeting.grpc.authority}") String authority) {
		return InProcessChannelBuilder.forName(name).overrideAuthority(authority);
	}

	@Bean
	ManagedChannel greetingChannel(ManagedChannelBuilder<?> builder,
			@ServiceUser ServiceUserClientInterceptor interceptor) {
		return builder.intercept(interceptor).build();
	}

	@Bean(defaultCandidate = false)
	@Qualifier("greeting-stub")
	ManagedChannel greetingStubChannel(@Value("${greeting.grpc.name}") String name,
			@Value("${greeting.grpc.authority}") String authority) {
		return InProcessChannelBuilder.forName(name).overrideAuthority(authority).build();
	}

}
