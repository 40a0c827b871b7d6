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

import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LenientBase64}.
 */
class LenientBase64Tests {

	private static final byte[] BYTES = { -1, -2, -3, 62, 63, -65, 0 };

	@Test
	void decodeWhenInAnyCommonFormReturnsTheBytes() {
		String padded = Base64.getEncoder().encodeToString(BYTES);
		assertThat(padded).contains("+", "/").endsWith("==");
		assertThat(LenientBase64.decode(padded)).isEqualTo(BYTES);
		assertThat(LenientBase64.decode(padded.replace("=", ""))).isEqualTo(BYTES);
		assertThat(LenientBase64.decode(Base64.getUrlEncoder().encodeToString(BYTES))).isEqualTo(BYTES);
		assertThat(LenientBase64.decode(" " + padded.substring(0, 5) + "\r\n\t" + padded.substring(5) + "\n"))
			.isEqualTo(BYTES);
		assertThat(LenientBase64.decode(padded.substring(0, 5) + "\\n" + padded.substring(5) + "\\r\\n"))
			.isEqualTo(BYTES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "A", "AAAAA", "AA=A", "AAA!", "{}" })
	void decodeWhenNotBase64ReturnsNull(String text) {
		assertThat(LenientBase64.decode(text)).isNull();
	}

}
