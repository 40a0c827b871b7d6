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
