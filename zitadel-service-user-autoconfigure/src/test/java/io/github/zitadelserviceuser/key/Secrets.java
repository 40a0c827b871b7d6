// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.KeyPair;
import java.util.Base64;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks that what is shown holds no part of a secret.
 */
final class Secrets {

	private static final int WINDOW = 12;

	private Secrets() {
	}

	static void assertNotShown(Throwable failure, KeyPair... pairs) {
		StringWriter trace = new StringWriter();
		failure.printStackTrace(new PrintWriter(trace));
		assertThat(failure).hasNoCause();
		assertThat(failure.getSuppressed()).isEmpty();
		String shown = failure.getMessage() + trace;
		for (KeyPair pair : pairs) {
			assertNotShown(shown, Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
			assertNotShown(shown, Base64.getEncoder().encodeToString(Keys.pkcs1Der(pair)));
		}
	}

	static void assertNotShown(String shown, String secret) {
		for (int i = 0; i + WINDOW <= secret.length(); i++) {
			// Not by AssertJ's contains: its failure would show the secret, 1600 times.
			assertThat(shown.contains(secret.substring(i, i + WINDOW))).as("shows the secret at " + i).isFalse();
		}
	}

}
