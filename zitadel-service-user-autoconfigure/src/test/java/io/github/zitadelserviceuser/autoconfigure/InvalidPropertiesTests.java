// SPDX-License-Identifier: Apache-2.0

package io.github.zitadelserviceuser.autoconfigure;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.github.zitadelserviceuser.ServiceUser;
import io.github.zitadelserviceuser.fake.FakeZitadel;
import io.github.zitadelserviceuser.token.TokenSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What somebody reads whose properties cannot work.
 */
@ExtendWith(OutputCaptureExtension.class)
class InvalidPropertiesTests {

	private static final FakeZitadel ZITADEL = FakeZitadel.start();

	private static final Map<String, String> VALID = Map.of("issuer-uri", ZITADEL.issuer(), "key-location",
			ZITADEL.serviceUser().key().keyFile().toString());

	@AfterAll
	static void stop() {
		ZITADEL.close();
	}

	static Stream<Arguments> invalid() {
		return Stream.of(Arguments.of("issuer-uri", "", "is not set"),
				Arguments.of("issuer-uri", "my-instance.zitadel.cloud", "must start with 'https://'"),
				Arguments.of("issuer-uri", "https://my instance.zitadel.cloud", "no valid URL"),
				Arguments.of("issuer-uri", "https://zitadel.example.com/?x=1", "no query"),
				Arguments.of("issuer-uri", "https://zitadel.example.com/.well-known/openid-configuration",
						"issuer itself"),
				Arguments.of("issuer-uri", "http://zitadel.example.com", "require-https=false"),
				Arguments.of("base-url", "zitadel:8080", "must start with 'https://'"),
				Arguments.of("key-location", " ", "is not set"),
				Arguments.of("allowed-hosts", "https://api.example.com", "without scheme"),
				Arguments.of("allowed-hosts[0]", "*", "without scheme"),
				Arguments.of("allowed-hosts", "*example.com", "without scheme"),
				Arguments.of("headers.Authorization", "Bearer abc", "'zitadel.service-user.headers.Authorization'"),
				Arguments.of("headers.x-key", "abc\n", "line break"),
				Arguments.of("refresh-at", "0", "between 0 and 1"), Arguments.of("refresh-at", "1", "between 0 and 1"),
				Arguments.of("refresh-at", "80", "between 0 and 1"),
				Arguments.of("refresh-at", "-0.5", "between 0 and 1"),
				Arguments.of("refresh-at", "NaN", "between 0 and 1"),
				Arguments.of("token-timeout", "0s", "must be positive"),
				Arguments.of("token-timeout", "-1s", "must not be negative"),
				Arguments.of("token-timeout", "31d", "at most 30 days"),
				Arguments.of("connect-timeout", "0s", "must be positive"),
				Arguments.of("connect-timeout", "-1s", "must be positive"),
				Arguments.of("read-timeout", "0s", "must be positive"),
				Arguments.of("read-timeout", "-1s", "must be positive"),
				Arguments.of("token-timeout", "soon", "failed to convert"));
	}

	@ParameterizedTest
	@MethodSource("invalid")
	void startWhenPropertyIsInvalidThenAnalysisNamesItAndSaysWhatIsNeeded(String property, String value, String needed,
			CapturedOutput output) {
		Map<String, String> properties = new HashMap<>(VALID);
		properties.put(property, value);
		assertThatException().isThrownBy(() -> RealApplication.start(properties).close());
		assertThat(analysis(output)).contains("zitadel.service-user." + property.replace("[0]", ""))
			.containsIgnoringCase(needed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "headers", "headers.Authorization", "headers.x-key", "headers[x: s3cret]" })
	void startWhenAHeaderIsInvalidThenNothingShowsItsValue(String property, CapturedOutput output) {
		Map<String, String> properties = new HashMap<>(VALID);
		properties.put(property, "x-key: s3cret\n");
		assertThatException().isThrownBy(() -> RealApplication.start(properties).close());
		assertThat(analysis(output)).contains("zitadel.service-user.headers");
		assertThat(output).doesNotContain("s3cret");
	}

	@Test
	void startWhenNothingIsSetAndAClientIsInjectedThenAnalysisNamesTheIssuerAndTheWayOut(CapturedOutput output) {
		assertThatException().isThrownBy(() -> RealApplication.start(Map.of(), Caller.class).close());
		assertThat(analysis(output)).contains("'zitadel.service-user.issuer-uri' is not set")
			.contains("zitadel.service-user.enabled=false");
	}

	@Test
	void startWhenOnlyTheIssuerIsSetThenAnalysisNamesTheKeyLocation(CapturedOutput output) {
		assertThatException().isThrownBy(() -> RealApplication.start(Map.of("issuer-uri", ZITADEL.issuer())).close());
		assertThat(analysis(output)).contains("'zitadel.service-user.key-location' is not set");
	}

	@Test
	void startWhenThereAreTwoKeysThenAnalysisNamesBothPropertiesAndNotTheirValues(CapturedOutput output) {
		Map<String, String> properties = new HashMap<>(VALID);
		properties.put("private-key-location", "base64:c2VjcmV0");
		assertThatException().isThrownBy(() -> RealApplication.start(properties).close());
		assertThat(analysis(output)).contains("mutually exclusive")
			.contains("zitadel.service-user.key-location", "zitadel.service-user.private-key-location")
			.doesNotContain("c2VjcmV0");
	}

	@Test
	void startWhenTheOtherKeyLocationIsEmptyThenStarts() {
		Map<String, String> properties = new HashMap<>(VALID);
		properties.put("private-key-location", "");
		try (ConfigurableApplicationContext context = RealApplication.start(properties)) {
			assertThat(context.getBean(TokenSource.class).await().value()).isNotEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("invalidVariables")
	void startWhenVariableIsInvalidThenAnalysisNamesTheProperty(String variable, String value, String property,
			CapturedOutput output) {
		Map<String, String> variables = new HashMap<>(Map.of("ZITADEL_SERVICEUSER_ISSUERURI", ZITADEL.issuer(),
				"ZITADEL_SERVICEUSER_KEYLOCATION", VALID.get("key-location")));
		variables.put(variable, value);
		assertThatException().isThrownBy(() -> RealApplication.startWithVariables(variables).close());
		assertThat(analysis(output)).contains(property).doesNotContain("c2VjcmV0");
	}

	static Stream<Arguments> invalidVariables() {
		return Stream.of(
				Arguments.of("ZITADEL_SERVICEUSER_ISSUERURI", "zitadel.example.com", "zitadel.service-user.issuer-uri"),
				Arguments.of("ZITADEL_SERVICEUSER_REFRESHAT", "2", "zitadel.service-user.refresh-at"),
				Arguments.of("ZITADEL_SERVICEUSER_ALLOWEDHOSTS", "https://x", "zitadel.service-user.allowed-hosts"),
				Arguments.of("ZITADEL_SERVICEUSER_PRIVATEKEYLOCATION", "base64:c2VjcmV0",
						"zitadel.service-user.private-key-location"),
				Arguments.of("ZITADEL_SERVICEUSER_KEYLOCATION", "base64:c2VjcmV0", "zitadel.service-user.key-location"),
				Arguments.of("ZITADEL_SERVICEUSER_KEYLOCATION", "base64:c2VjcmV0*",
						"zitadel.service-user.key-location"));
	}

	/**
	 * What stands under the headline, and no stack trace before it.
	 */
	private static String analysis(CapturedOutput output) {
		assertThat(output).contains("APPLICATION FAILED TO START").doesNotContain("\tat ");
		return output.getOut().substring(output.getOut().indexOf("APPLICATION FAILED TO START"));
	}

	record Caller(@ServiceUser RestClient client) {
	}

}
