// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.grpc;

import java.io.InputStream;

import io.github.zitadelserviceuser.integration.ways.TextMarshaller;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;

/**
 * A service that answers with what it was sent. Its messages are plain text.
 */
final class Echo {

	static final String SERVICE = "test.Echo";

	static final MethodDescriptor<String, String> UNARY = method(MethodType.UNARY, "Unary");

	static final MethodDescriptor<String, String> SERVER_STREAMING = method(MethodType.SERVER_STREAMING,
			"ServerStreaming");

	static final MethodDescriptor<String, String> BIDI_STREAMING = method(MethodType.BIDI_STREAMING, "BidiStreaming");

	/**
	 * The same method for a caller whose messages are streams.
	 */
	static final MethodDescriptor<InputStream, InputStream> UNARY_OF_STREAMS = MethodDescriptor
		.<InputStream, InputStream>newBuilder()
		.setType(MethodType.UNARY)
		.setFullMethodName(UNARY.getFullMethodName())
		.setRequestMarshaller(new StreamMarshaller())
		.setResponseMarshaller(new StreamMarshaller())
		.build();

	private Echo() {
	}

	private static MethodDescriptor<String, String> method(MethodType type, String name) {
		return MethodDescriptor.<String, String>newBuilder()
			.setType(type)
			.setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
			.setRequestMarshaller(new TextMarshaller())
			.setResponseMarshaller(new TextMarshaller())
			.build();
	}

	private static final class StreamMarshaller implements MethodDescriptor.Marshaller<InputStream> {

		@Override
		public InputStream stream(InputStream value) {
			return value;
		}

		@Override
		public InputStream parse(InputStream stream) {
			return stream;
		}

	}

}
