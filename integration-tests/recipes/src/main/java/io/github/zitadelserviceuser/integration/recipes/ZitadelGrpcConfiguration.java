// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.recipes;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.grpc.ServiceUserClientInterceptor;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * ZITADEL's APIs over gRPC.
 */
@Configuration(proxyBeanMethods = false)
class ZitadelGrpcConfiguration {

	@Bean(destroyMethod = "shutdownNow")
	ManagedChannel zitadelChannel(@Value("${zitadel.grpc}") String target, ChannelCredentials credentials,
			@ServiceUser ServiceUserClientInterceptor interceptor) {
		return Grpc.newChannelBuilder(target, credentials).intercept(interceptor).build();
	}

}
