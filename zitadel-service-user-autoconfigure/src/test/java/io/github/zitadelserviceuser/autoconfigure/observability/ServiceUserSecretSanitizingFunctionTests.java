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
 * What is hidden of a credential that was given as the value of a property.
 */
class ServiceUserSecretSanitizingFunctionTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final FakeServiceUserKey KEY = ZITADEL.serviceUser().key();

	private static final String SECRET = "aB3" + "dE6gH9jK2mN5pQ8".repeat(4);

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

	@ParameterizedTest
	@ValueSource(strings = { "zitadel.service-user.client-secret", "zitadel.service-user.clientSecret",
			"ZITADEL_SERVICEUSER_CLIENTSECRET", "ZITADEL_SERVICE_USER_CLIENT_SECRET",
			"zitadel.service-users.billing.client-secret", "zitadel.serviceUsers.my-tenant.clientSecret",
			"ZITADEL_SERVICEUSERS_BILLING_CLIENTSECRET", "zitadel.service-user.personal-access-token",
			"zitadel.service-users.billing.personalAccessToken", "ZITADEL_SERVICEUSERS_BILLING_PERSONALACCESSTOKEN",
			"zitadel.service-user.headers.x-key", "zitadel.service-user.headers[X-Key]",
			"zitadel.serviceUser.headers.CF-Access-Client-Secret", "ZITADEL_SERVICEUSER_HEADERS_XKEY",
			"ZITADEL_SERVICE_USER_HEADERS_X_KEY", "zitadel.service-users.billing.headers.x-key",
			"ZITADEL_SERVICEUSERS_BILLING_HEADERS_XKEY" })
	void applyWhenPropertyIsASecretThenHiddenWhateverItIs(String name) {
		for (String value : new String[] { SECRET, "short", "/etc/secret", "two words" }) {
			assertThat(sanitize(name, value)).isEqualTo(SanitizableData.SANITIZED_VALUE);
		}
		assertThat(sanitize(name, "")).isEqualTo("");
	}

	@ParameterizedTest
	@ValueSource(strings = { "zitadel.service-user.client-secret-location",
			"zitadel.service-users.billing.clientSecretLocation", "ZITADEL_SERVICEUSER_PERSONALACCESSTOKENLOCATION",
			"zitadel.service-users.billing.personal-access-token-location",
			"zitadel.service-users.billing.key-location" })
	void applyWhenPropertyIsTheLocationOfASecretThenPathsAreShown(String name) {
		assertThat(sanitize(name, "/etc/secret")).isEqualTo("/etc/secret");
		assertThat(sanitize(name, "base64:QUJD")).isEqualTo(SanitizableData.SANITIZED_VALUE);
		assertThat(sanitize(name, SECRET)).isEqualTo(SanitizableData.SANITIZED_VALUE);
	}

	@Test
	void applyWhenASecretInUseStandsElsewhereThenHidden() {
		for (String value : new String[] { SECRET, " " + SECRET + "\n", "app.jar --my.secret=" + SECRET,
				SECRET.substring(10) }) {
			assertThat(sanitize("MY_SECRET", value, SECRET)).isEqualTo(SanitizableData.SANITIZED_VALUE);
		}
		assertThat(sanitize("MY_SECRET", "abc", "abc")).isEqualTo(SanitizableData.SANITIZED_VALUE);
		assertThat(sanitize("MY_ALPHABET", "abcdefg", "abc")).isEqualTo("abcdefg");
		assertThat(sanitize("SPRING_APPLICATION_JSON",
				"{\"zitadel\":{\"service-users\":{\"billing\":{\"client-secret\":\"" + SECRET + "\"}}}}"))
			.isEqualTo(SanitizableData.SANITIZED_VALUE);
		assertThat(sanitize("sun.java.command", "app.jar --zitadel.service-user.personal-access-token=" + SECRET))
			.isEqualTo(SanitizableData.SANITIZED_VALUE);
		String path = "{\"zitadel.service-user.client-secret-location\":\"/run/secrets/a-path/of-many/parts-that-is/long\"}";
		assertThat(sanitize("SPRING_APPLICATION_JSON", path)).isEqualTo(path);
	}

	@Test
	void applyWhenPropertyIsAnothersThenShown() {
		assertThat(sanitize("other.client-secret", SECRET)).isEqualTo(SECRET);
		assertThat(sanitize("zitadel.service-user.client-id", "importer")).isEqualTo("importer");
		assertThat(sanitize("other.key-location", LOCATION)).isEqualTo(LOCATION);
		assertThat(sanitize("SPRING_APPLICATION_JSON",
				"{\"zitadel\":{\"service-user\":{\"key-location\":\"/etc/key.json\"}}}"))
			.isEqualTo("{\"zitadel\":{\"service-user\":{\"key-location\":\"/etc/key.json\"}}}");
		assertThat(sanitize("zitadel.service-user.issuer-uri", "https://zitadel.example"))
			.isEqualTo("https://zitadel.example");
		assertThat(sanitize("zitadel.service-user.api-access", true)).isEqualTo(true);
	}

	private static Object sanitize(String name, Object value, String... locations) {
		return new ServiceUserSecretSanitizingFunction(() -> Set.of(locations))
			.apply(new SanitizableData(null, name, value))
			.getValue();
	}

}
