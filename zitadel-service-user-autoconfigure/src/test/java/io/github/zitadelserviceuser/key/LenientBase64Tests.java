// SPDX-License-Identifier: Apache-2.0

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
