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
