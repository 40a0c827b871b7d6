// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.token;

import java.util.random.RandomGenerator;

/**
 * Draws the same number again and again, from 0 to just below 1.
 */
final class FixedRandom implements RandomGenerator {

	private double value;

	FixedRandom(double value) {
		this.value = value;
	}

	void set(double value) {
		this.value = value;
	}

	@Override
	public double nextDouble() {
		return this.value;
	}

	@Override
	public long nextLong() {
		throw new UnsupportedOperationException("Only fractions are drawn");
	}

}
