// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;

import org.springframework.stereotype.Component;

@Component
final class GrpcGreeter implements Greeter {

	private final ManagedChannel channel;

	GrpcGreeter(ManagedChannel channel) {
		this.channel = channel;
	}

	@Override
	public String greet() {
		return ClientCalls.blockingUnaryCall(this.channel, GreetingMethod.GREET,
				CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS), "who am I?");
	}

}
