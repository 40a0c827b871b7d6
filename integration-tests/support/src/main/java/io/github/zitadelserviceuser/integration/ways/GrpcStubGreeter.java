// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import java.util.concurrent.TimeUnit;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.client.grpc.ServiceUserCallCredentials;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

@Component
final class GrpcStubGreeter implements Greeter {

	private final ManagedChannel channel;

	private final ServiceUserCallCredentials credentials;

	GrpcStubGreeter(@Qualifier("greeting-stub") ManagedChannel channel,
			@ServiceUser ServiceUserCallCredentials credentials) {
		this.channel = channel;
		this.credentials = credentials;
	}

	@Override
	public String greet() {
		return ClientCalls.blockingUnaryCall(this.channel, GreetingMethod.GREET,
				CallOptions.DEFAULT.withCallCredentials(this.credentials).withDeadlineAfter(30, TimeUnit.SECONDS),
				"who am I?");
	}

}
