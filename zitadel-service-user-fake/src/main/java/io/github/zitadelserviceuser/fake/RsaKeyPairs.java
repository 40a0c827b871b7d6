// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.fake;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * RSA key pairs, different ones for one instance. To find two primes takes a good part of
 * a second, so instances share them: the n-th key of each is the same pair under another
 * key id. And pairs share primes, so that fifty keys are made of eleven: who has two of
 * these keys can compute both, which nobody may who is not a fake.
 */
final class RsaKeyPairs {

	private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

	private static final Map<String, KeyPair> SHARED = new ConcurrentHashMap<>();

	private static final Map<String, BigInteger> PRIMES = new ConcurrentHashMap<>();

	private static final SecureRandom RANDOM = new SecureRandom();

	private final AtomicInteger handedOut = new AtomicInteger();

	KeyPair next(int bits) {
		int index = this.handedOut.getAndIncrement();
		return SHARED.computeIfAbsent(bits + "/" + index, (absent) -> pair(bits, index));
	}

	// Each prime with each of those before it.
	private static KeyPair pair(int bits, int index) {
		int later = 1;
		int earlier = index;
		while (earlier >= later) {
			earlier -= later;
			later++;
		}
		return pair(prime(bits / 2, earlier), prime(bits / 2, later));
	}

	private static KeyPair pair(BigInteger p, BigInteger q) {
		BigInteger modulus = p.multiply(q);
		BigInteger p1 = p.subtract(BigInteger.ONE);
		BigInteger q1 = q.subtract(BigInteger.ONE);
		BigInteger exponent = EXPONENT.modInverse(p1.multiply(q1));
		try {
			KeyFactory factory = KeyFactory.getInstance("RSA");
			return new KeyPair(factory.generatePublic(new RSAPublicKeySpec(modulus, EXPONENT)),
					factory.generatePrivate(new RSAPrivateCrtKeySpec(modulus, EXPONENT, exponent, p, q,
							exponent.mod(p1), exponent.mod(q1), q.modInverse(p))));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has RSA", ex);
		}
	}

	private static BigInteger prime(int bits, int index) {
		return PRIMES.computeIfAbsent(bits + "/" + index, (absent) -> findPrime(bits));
	}

	// A product of two of these has twice the bits, as the upper two of each are set.
	private static BigInteger findPrime(int bits) {
		BigInteger prime;
		do {
			prime = new BigInteger(bits, RANDOM).setBit(bits - 1).setBit(bits - 2).nextProbablePrime();
		}
		while (prime.mod(EXPONENT).equals(BigInteger.ONE));
		return prime;
	}

}
