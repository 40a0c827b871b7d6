// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.grant;

import java.util.Base64;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is shown of a server's text: what is meant for people, and no secret.
 */
class SafeTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "Errors.Internal", "invalid_request",
			"The scope of your request is missing. Please ensure some scopes are requested. If you have any questions, "
					+ "you may contact the administrator of the application.",
			"unable to set instance using origin &{auth.example.com  http} (ExternalDomain is localhost): "
					+ "ID=QUERY-1kIjX Message=Instance not found. Make sure you got the domain right. Check out "
					+ "https://zitadel.com/docs/apis/introduction#domains",
			"https://my-organisation-production-a1b2c3.eu1.zitadel.cloud/oauth/v2/token",
			"I/O error on POST request for \"https://my-instance-abcdef.zitadel.cloud/oauth/v2/token\": refused",
			"urn:zitadel:iam:org:project:id:123456789012345678:aud", "<html><body>502 Bad Gateway</body></html>" })
	void ofWhenMeantForPeopleThenIsShownAsItIs(String text) {
		assertThat(SafeText.of(text)).isEqualTo(text);
		assertThat(SafeText.isSafe(text)).isTrue();
	}

	@Test
	void ofWhenNullThenIsEmpty() {
		assertThat(SafeText.of(null)).isEmpty();
		assertThat(SafeText.isSafe(null)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEyMzQ1Njc4OTAifQ.eyJpc3MiOiIxMjM0In0.c2lnbmF0dXJl, [...]",
			"assertion=eyJhbGciOiJSUzI1NiIsImtpZCI6IjEyMzQ1Njc4OTAifQ&scope=openid, [...]&scope=openid",
			"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeee, [...]",
			"0123456789abcdef0123456789abcdef0123456789abcdef, [...]",
			"MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ==, [...]" })
	void ofWhenItMayBeASecretThenIsLeftOut(String text, String expected) {
		assertThat(SafeText.of("bad '" + text + "'")).isEqualTo("bad '" + expected + "'");
		assertThat(SafeText.isSafe(text)).isFalse();
	}

	@Test
	void ofWhenBase64OfAnyBytesThenIsLeftOut() {
		Random random = new Random(42);
		for (int i = 0; i < 1000; i++) {
			byte[] bytes = new byte[30 + i % 300];
			random.nextBytes(bytes);
			assertThat(SafeText.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))).isEqualTo("[...]");
			assertThat(SafeText.of(Base64.getEncoder().encodeToString(bytes))).isEqualTo("[...]");
		}
	}

	@Test
	void ofWhenCutOffThenNoPieceOfASecretIsLeft() {
		String secret = "Ab1".repeat(100);
		for (int length = 0; length < 1300; length++) {
			assertThat(SafeText.of("x ".repeat(length / 2) + secret)).doesNotContain("Ab1");
			assertThat(SafeText.of("X".repeat(length) + " " + secret)).doesNotContain("Ab1");
		}
	}

	@Test
	void ofWhenLongThenIsCut() {
		assertThat(SafeText.of("word ".repeat(1000))).hasSize(303).endsWith("...");
		assertThat(SafeText.of("a.".repeat(1000))).isEqualTo("[...]");
	}

	@Test
	void ofWhenLinesOrControlCharactersThenIsOneLine() {
		assertThat(SafeText.of("no\r\n2026-01-01 WARN forged\u001b[31m\u2028\u202e\u0000x"))
			.isEqualTo("no 2026-01-01 WARN forged [31m x");
		assertThat(SafeText.isSafe("a\nb")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ", "A", "a.", "/", "-", "\u00e9", " ",
			"ExternalDomain is ", "(ExternalDomain is a" })
	@Timeout(value = 2, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void ofWhenTextIsAsLongAsCanBeThenIsQuick(String part) {
		String text = part.repeat(64 * 1024 / part.length());
		assertThat(SafeText.of(text)).hasSizeLessThanOrEqualTo(303);
	}

}
