// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.integration.ways;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import io.grpc.MethodDescriptor;

/**
 * Makes plain text a message of gRPC, where an application has one that is generated.
 */
public final class TextMarshaller implements MethodDescriptor.Marshaller<String> {

	@Override
	public InputStream stream(String value) {
		return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public String parse(InputStream stream) {
		try {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
