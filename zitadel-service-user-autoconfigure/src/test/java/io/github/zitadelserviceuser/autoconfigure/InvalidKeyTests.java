// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What somebody reads whose key cannot be used: where, what and how to mend it, and
 * nothing of the key.
 */
@ExtendWith(OutputCaptureExtension.class)
class InvalidKeyTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final FakeServiceUserKey KEY = ZITADEL.serviceUser().key();

	private static final String SECRET = KEY.pem().lines().skip(3).findFirst().orElseThrow();

	@TempDir
	private Path directory;

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	static Stream<Arguments> unusable() {
		return Stream.of(Arguments.of("application key", ZITADEL.createApplicationKey().json(), "application"),
				Arguments.of("no JSON", "hello " + SECRET, "JSON"), Arguments.of("empty", "", "nothing in it"),
				Arguments.of("no user", KEY.json().replace("\"userId\"", "\"user\""), "userId"),
				Arguments.of("no key id", KEY.json().replace("\"keyId\"", "\"kid\""), "keyId"),
				Arguments.of("no key", KEY.json().replace("\"key\"", "\"secret\""), "'key'"),
				Arguments.of("cut off", KEY.json().substring(0, KEY.json().length() / 2), "JSON"),
				Arguments.of("public key", KEY.json().replace("RSA PRIVATE KEY", "PUBLIC KEY"), "PUBLIC KEY"),
				Arguments.of("encrypted", KEY.json().replace("RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"), "encrypted"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("unusable")
	void startWhenFileHoldsNoUsableKeyThenAnalysisSaysWhereAndWhat(String kind, String content, String found,
			CapturedOutput output) throws Exception {
		Path file = Files.writeString(this.directory.resolve("key.json"), content);
		fail(file.toString());
		assertAnalysis(output, found);
		assertThat(output).contains(file.toString());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("unusable")
	void startWhenVariableHoldsNoUsableKeyThenAnalysisSaysWhereAndWhat(String kind, String content, String found,
			CapturedOutput output) {
		String encoded = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
		fail("base64:" + encoded);
		assertAnalysis(output, found);
		assertThat(output).contains("base64:");
		if (!encoded.isEmpty()) {
			assertThat(output).doesNotContain(encoded.substring(encoded.length() / 3, encoded.length() / 2));
		}
	}

	static Stream<Arguments> misplaced() {
		String base64 = KEY.base64();
		return Stream.of(Arguments.of("malformed Base64", "base64:" + base64.substring(1) + "*!", "not Base64"),
				Arguments.of("JSON after base64:", "base64:" + KEY.json(), "content itself"),
				Arguments.of("pasted JSON", KEY.json(), "not the place"),
				Arguments.of("pasted PEM", KEY.pem(), "not the place"),
				Arguments.of("pasted Base64", base64, "not the place"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("misplaced")
	void startWhenPropertyHoldsTheKeyItselfThenAnalysisDoesNotShowIt(String kind, String location, String found,
			CapturedOutput output) {
		fail(location);
		assertAnalysis(output, found);
		assertThat(output).doesNotContain(KEY.base64().substring(200, 240));
	}

	@ParameterizedTest
	@MethodSource("absent")
	void startWhenThereIsNothingThenAnalysisSaysWhere(String location, CapturedOutput output) {
		fail(location);
		assertAnalysis(output, location);
	}

	static Stream<String> absent() {
		return Stream.of("no-such-file.json", "file:/no-such-file.json", "classpath:no-such-file.json");
	}

	private static void fail(String location) {
		Map<String, String> properties = Map.of("issuer-uri", ZITADEL.issuer(), "key-location", location);
		assertThatException().isThrownBy(() -> RealApplication.start(properties).close());
	}

	private static void assertAnalysis(CapturedOutput output, String found) {
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("zitadel.service-user.key-location")
			.contains(found)
			.doesNotContain("\tat ")
			.doesNotContain(SECRET)
			.doesNotContain(SECRET.substring(10, 40));
	}

}
