// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.key;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SafeLocation}.
 */
class SafeLocationTests {

	@ParameterizedTest
	@ValueSource(strings = { "key.json", "/run/secrets/zitadel/key.json", "C:\\new\\keys\\key.json",
			"file:/run/key.json", "classpath:keys/key.json",
			"/nix/store/0c5x8m1w3v7r9q2n4k6j8h0g2f4d6s8a-Zitadel-Keys/ServiceUser/key", "\"/run/key.json\"",
			"config/production/zitadel/service-users/the-one-for-orders/key.json" })
	void describeWhenPathShowsIt(String value) {
		assertThat(SafeLocation.isContent(value)).isFalse();
		assertThat(SafeLocation.describe("a.b", value)).isEqualTo("'" + value + "' (property 'a.b')");
	}

	@ParameterizedTest
	@ValueSource(strings = { "base64:eyJ0eXBlIjoi", "BASE64:eyJ0eXBlIjoi", "base64:{\"type\":\"x\"}" })
	void describeWhenBase64ShowsOnlyThat(String value) {
		assertThat(SafeLocation.describe("a.b", value)).isEqualTo("'base64:…' (property 'a.b')");
	}

	@Test
	void describeWhenOtherSchemeShowsOnlyTheScheme() {
		assertThat(SafeLocation.describe("a.b", "https://user:password@example.com/key?token=t"))
			.isEqualTo("'https:…' (property 'a.b')");
	}

	@ParameterizedTest
	@MethodSource
	void describeWhenContentShowsNothingOfIt(String value) {
		assertThat(SafeLocation.isContent(value)).isTrue();
		assertThat(SafeLocation.describe("a.b", value)).isEqualTo("the value of property 'a.b'");
	}

	static String[] describeWhenContentShowsNothingOfIt() {
		String json = Keys.json();
		String pem = Keys.pkcs1(Keys.RSA);
		return new String[] { json, "'" + json + "'", json.substring(0, 80), pem, pem.replace("\n", "\\n"),
				pem.replace("\n", " "), pem.substring(0, 100), Keys.base64(json), Keys.base64(pem),
				Keys.base64(json).substring(0, 70), Keys.base64(pem).substring(0, 70), "file:" + json,
				"classpath:" + Keys.base64(json), pem.lines().skip(1).findFirst().orElseThrow(),
				"aB0" + pem.lines().skip(3).findFirst().orElseThrow(), "[" + json + "]",
				"eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxMjM0NTY3ODkwIiwic3ViIjoiMTIzNDU2Nzg5MCJ9.c2lnbmF0dXJl",
				"dEXmXvDzCqPLwuLKBtIDGFZwXwxGWXyMbLIYgWxXZXEvIqnTMZSpeLuB3xqBaH1YBqwrfWM" };
	}

}
