// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure.observability;

import java.util.Set;

import io.github.zitadelserviceuser.fake.FakeServiceUserKey;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.endpoint.SanitizableData;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is hidden of a key that was given as the value of a property.
 */
class ServiceUserKeySanitizingFunctionTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final FakeServiceUserKey KEY = ZITADEL.serviceUser().key();

	private static final String LOCATION = "base64:" + KEY.base64();

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "zitadel.service-user.key-location", "zitadel.service-user.keyLocation",
			"zitadel.serviceUser.key_location", "ZITADEL_SERVICEUSER_KEYLOCATION", "ZITADEL_SERVICE_USER_KEY_LOCATION",
			"zitadel_serviceuser_keylocation", "zitadel.service-user.private-key-location",
			"zitadel.service-user.privateKeyLocation", "ZITADEL_SERVICEUSER_PRIVATEKEYLOCATION" })
	void applyWhenPropertyIsALocationThenKeysAreHiddenAndPathsAreNot(String name) {
		for (String key : new String[] { LOCATION, KEY.json(), KEY.pem(), KEY.base64(),
				"https://keys.example/key?t=1" }) {
			assertThat(sanitize(name, key)).isEqualTo(SanitizableData.SANITIZED_VALUE);
		}
		for (String path : new String[] { "/etc/secrets/key.json", "file:/etc/secrets/key.json", "classpath:key.json",
				"key.json", "" }) {
			assertThat(sanitize(name, path)).isEqualTo(path);
		}
	}

	@Test
	void applyWhenLocationStandsInAnotherPropertyThenHidden() {
		for (String json : new String[] { "{\"zitadel\":{\"service-user\":{\"key-location\":\"" + LOCATION + "\"}}}",
				"{\"zitadel.serviceUser.keyLocation\":\"" + LOCATION + "\"}",
				"{\"ZITADEL_SERVICEUSER_PRIVATEKEYLOCATION\":\"" + KEY.pem().replace("\n", "\\n") + "\"}" }) {
			assertThat(sanitize("SPRING_APPLICATION_JSON", json)).isEqualTo(SanitizableData.SANITIZED_VALUE);
		}
		assertThat(sanitize("sun.java.command", "app.jar --zitadel.service-user.key-location=" + LOCATION))
			.isEqualTo(SanitizableData.SANITIZED_VALUE);
		assertThat(sanitize("JAVA_TOOL_OPTIONS", "-Dzitadel.service-user.key-location=" + LOCATION))
			.isEqualTo(SanitizableData.SANITIZED_VALUE);
	}

	@Test
	void applyWhenPropertyRefersToAVariableThenThatIsHiddenToo() {
		assertThat(sanitize("MY_KEY", "base64:QUJD", "base64:QUJD")).isEqualTo(SanitizableData.SANITIZED_VALUE);
		assertThat(sanitize("MY_KEY", "base64:QUJD", "/etc/key.json")).isEqualTo("base64:QUJD");
	}

	@Test
	void applyWhenVariableHoldsTheContentOnlyThenHidden() {
		String base64 = KEY.base64();
		String lines = base64.replaceAll("(.{64})", "$1\n");
		for (String value : new String[] { base64, " " + base64 + "\n", lines, lines.replace("\n", "\\n"),
				"app.jar --my.key=" + base64, base64.substring(0, base64.length() / 2), base64.substring(100) }) {
			for (String location : new String[] { LOCATION, LOCATION + "\n", "base64:" + lines, "BASE64:" + base64 }) {
				assertThat(sanitize("MY_KEY", value, location)).as(location).isEqualTo(SanitizableData.SANITIZED_VALUE);
			}
		}
		assertThat(sanitize("MY_KEY", KEY.json(), "base64:" + KEY.json())).isEqualTo(SanitizableData.SANITIZED_VALUE);
	}

	@Test
	void applyWhenValueHasLittleInCommonWithTheContentThenShown() {
		for (String value : new String[] { "", "base64:", KEY.base64().substring(0, 39), "x".repeat(200) }) {
			assertThat(sanitize("MY_KEY", value, LOCATION)).isEqualTo(value);
		}
		assertThat(sanitize("MY_KEY", "a QUJD", "base64:QUJD")).isEqualTo("a QUJD");
	}

	@Test
	void applyWhenPropertyIsAnothersThenShown() {
		assertThat(sanitize("other.key-location", LOCATION)).isEqualTo(LOCATION);
		assertThat(sanitize("MY_PATH", "/etc/key.json", "/etc/key.json")).isEqualTo("/etc/key.json");
		assertThat(sanitize("SPRING_APPLICATION_JSON",
				"{\"zitadel\":{\"service-user\":{\"key-location\":\"/etc/key.json\"}}}"))
			.isEqualTo("{\"zitadel\":{\"service-user\":{\"key-location\":\"/etc/key.json\"}}}");
		assertThat(sanitize("zitadel.service-user.issuer-uri", "https://zitadel.example"))
			.isEqualTo("https://zitadel.example");
		assertThat(sanitize("zitadel.service-user.api-access", true)).isEqualTo(true);
	}

	private static Object sanitize(String name, Object value, String... locations) {
		return new ServiceUserKeySanitizingFunction(() -> Set.of(locations))
			.apply(new SanitizableData(null, name, value))
			.getValue();
	}

}
