// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a DER sequence of integers, which is what PKCS#1 is (RFC 8017 appendix A.1.2).
 */
final class DerIntegers {

	private DerIntegers() {
	}

	static BigInteger[] read(byte[] der) {
		ByteBuffer buffer = ByteBuffer.wrap(der);
		enter(buffer, 0x30);
		List<BigInteger> integers = new ArrayList<>();
		while (buffer.hasRemaining()) {
			byte[] content = new byte[enter(buffer, 0x02)];
			buffer.get(content);
			integers.add(new BigInteger(content));
		}
		return integers.toArray(BigInteger[]::new);
	}

	private static int enter(ByteBuffer buffer, int tag) {
		if (buffer.get() != tag) {
			throw new IllegalArgumentException("Unexpected tag");
		}
		int length = buffer.get() & 0xff;
		return switch (length) {
			case 0x81 -> buffer.get() & 0xff;
			case 0x82 -> buffer.getShort() & 0xffff;
			default -> length;
		};
	}

}
