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
