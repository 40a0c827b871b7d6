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
