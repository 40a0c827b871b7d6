// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;

/**
 * The greetings, as a method of gRPC whose messages are plain text. An application has
 * code like this generated.
 */
public final class GreetingMethod {

	/**
	 * The name of the service.
	 */
	public static final String SERVICE = "greetings.Greetings";

	/**
	 * The method.
	 */
	public static final MethodDescriptor<String, String> GREET = MethodDescriptor.<String, String>newBuilder()
		.setType(MethodType.UNARY)
		.setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Greet"))
		.setRequestMarshaller(new TextMarshaller())
		.setResponseMarshaller(new TextMarshaller())
		.build();

	private GreetingMethod() {
	}

}
