// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * RSA key pairs, different ones for one instance. To make one takes a good part of a
 * second, so instances share them: the n-th key of each is the same pair under another
 * key id.
 */
final class RsaKeyPairs {

	private static final Map<String, KeyPair> SHARED = new ConcurrentHashMap<>();

	private final AtomicInteger handedOut = new AtomicInteger();

	KeyPair next(int bits) {
		String name = bits + "/" + this.handedOut.incrementAndGet();
		return SHARED.computeIfAbsent(name, (absent) -> generate(bits));
	}

	private static KeyPair generate(int bits) {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(bits);
			return generator.generateKeyPair();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has RSA", ex);
		}
	}

}
